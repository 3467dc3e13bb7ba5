import type { Encounters } from '../base/encounters.js';
import type { Time } from '../base/time.js';

/** Runs a task in the asynchronous context that was kept when it was made: that of the code which made a connection. */
export type Enter = <T>(task: (argument: T) => void, argument: T) => void;

/** Counts the turns in which code of programs runs. */
export interface Turns {
  turns: number;
}

/** What waits while a program is paused. */
export interface Suspended {
  schedule(): void;
}

/** The program of a host, from a start of the host to its crash. Owns whether its code may run, and what waits until it may. */
export class Program {
  readonly time: Time;
  /** What cancels each of its timers. */
  readonly timers = new Map<object, () => void>();
  readonly #turns: Turns;
  readonly #encounters: Encounters;
  readonly #capture: (() => Enter) | null;
  #isPaused: boolean;
  #hasCrashed = false;
  #suspended: Suspended[] = [];

  /** `capture` keeps the asynchronous context in which it is called. */
  constructor(time: Time, turns: Turns, encounters: Encounters, capture: (() => Enter) | null, isPaused: boolean) {
    this.time = time;
    this.#turns = turns;
    this.#encounters = encounters;
    this.#capture = capture;
    this.#isPaused = isPaused;
  }

  get isPaused(): boolean { return this.#isPaused; }
  /** Its host has crashed: no code of it runs any more, and its kernel is gone. */
  get hasCrashed(): boolean { return this.#hasCrashed; }

  /** The context that something made now reports in; null where none is kept. */
  capture(): Enter | null {
    return this.#capture === null ? null : this.#capture();
  }

  /** Whether its code may run now. While it is paused, what asks is scheduled again when it resumes. */
  mayRun(suspended: Suspended): boolean {
    if (this.#hasCrashed) return false;
    if (!this.#isPaused) return true;
    this.#suspended.push(suspended);
    this.#encounters.heldUp++;
    return false;
  }

  /** A turn of it begins. */
  countTurn(): void {
    this.#turns.turns++;
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    const suspended = this.#suspended;
    this.#suspended = [];
    for (const one of suspended) one.schedule();
  }

  crash(): void {
    this.#hasCrashed = true;
    this.#isPaused = false;
    this.#suspended = [];
    for (const cancel of this.timers.values()) cancel();
  }
}
