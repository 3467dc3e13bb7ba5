import { systemTime, type VirtualTime } from '@netstrata/transport-memory';
import { tooLong } from './errors.js';

/** Turns of the event loop that a program has for what it does by itself, behind that of an event, before the clock moves on. */
const TURNS_BEFORE_TIME = 1;
/** The same before it is said that nothing will ever happen. */
const TURNS_BEFORE_STUCK = 20;

interface Waiter {
  readonly isDone: () => boolean;
  /** Done at this time at the latest. */
  readonly until: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Counts what runs code of a program. */
export interface Turns {
  readonly turns: number;
}

export interface DriverLimits {
  /** Milliseconds of virtual time, from the start of the world. */
  readonly time: number;
  readonly events: number;
}

/**
 * Moves a world on for as long as somebody waits for something. Whatever tells a program something has a turn of the runtime's event loop, so that
 * ticks, promises and immediates of the program run in between, as they would between two events of a real network. What only kernels notice has not.
 */
export class Driver {
  readonly #time: VirtualTime;
  readonly #limits: DriverLimits;
  readonly #explain: () => Error;
  readonly #program: Turns;
  #waiters: Waiter[] = [];
  #isActive = false;
  #quietTurns = 0;
  #outside = 0;
  #isStopped = false;
  /** Events so far. */
  events = 0;

  constructor(time: VirtualTime, program: Turns, limits: DriverLimits, explain: () => Error) {
    this.#time = time;
    this.#program = program;
    this.#limits = limits;
    this.#explain = explain;
  }

  /** Resolves once the condition holds, or at a time; rejects when neither can come. */
  wait(isDone: () => boolean, until = Number.POSITIVE_INFINITY): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiters.push({ isDone, until, resolve, reject });
      this.#quietTurns = 0;
      this.#start();
    });
  }

  /** One event. False when there is none. */
  async step(): Promise<boolean> {
    const before = this.events;
    if (this.#time.next === null) return false;
    await this.wait(() => this.events > before);
    return true;
  }

  /** Time stands still until something outside of the world is done. */
  async outside<T>(work: Promise<T>): Promise<T> {
    this.#outside++;
    try {
      return await work;
    } finally {
      this.#outside--;
      this.#quietTurns = 0;
      this.#start();
    }
  }

  /** Nothing happens any more. */
  stop(error: Error): void {
    this.#isStopped = true;
    this.#rejectAll(error);
  }

  #start(): void {
    if (this.#isActive || this.#isStopped || this.#outside > 0 || this.#waiters.length === 0) return;
    this.#isActive = true;
    systemTime.soon(takeTurn, this as Driver);
  }

  /** @internal */
  turn(): void {
    this.#isActive = false;
    try {
      this.#settle();
      if (this.#waiters.length === 0 || this.#outside > 0 || this.#isStopped) return;
      this.#advance();
    } catch (error) {
      this.#rejectAll(error);
    }
    this.#start();
  }

  #settle(): void {
    if (!this.#waiters.some(isDone, this.#time)) return;
    const done = this.#waiters.filter(isDone, this.#time);
    this.#waiters = this.#waiters.filter((waiter) => !done.includes(waiter));
    for (const waiter of done) waiter.resolve();
  }

  /** Goes on to the next thing that a program notices. */
  #advance(): void {
    const time = this.#time;
    const before = this.#program.turns;
    let until = Number.POSITIVE_INFINITY;
    for (const waiter of this.#waiters) until = Math.min(until, waiter.until);
    do {
      const { next } = time;
      const isOver = next === null || (time.isIdle && until === Number.POSITIVE_INFINITY);
      const isStuck = isOver && until === Number.POSITIVE_INFINITY;
      if ((isOver || next > time.now) && this.#quietTurns < (isStuck ? TURNS_BEFORE_STUCK : TURNS_BEFORE_TIME)) {
        this.#quietTurns++;
        return;
      }
      if (isOver || next > until) {
        if (isStuck) this.#stuck();
        else time.moveTo(until);
        return;
      }
      this.events++;
      if (this.events > this.#limits.events) throw tooLong(`${this.#limits.events} events`);
      if (next > this.#limits.time) throw tooLong(`${this.#limits.time} ms`);
      time.step();
    } while (this.#program.turns === before && !this.#waiters.some(isDone, time));
    this.#quietTurns = 0;
  }

  /** Who asked last hears of it first: the others may be waiting for that one. */
  #stuck(): void {
    this.#quietTurns = 0;
    this.#waiters.pop()!.reject(this.#explain());
  }

  #rejectAll(error: unknown): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiters) waiter.reject(error);
  }
}

function isDone(this: VirtualTime, waiter: Waiter): boolean {
  return waiter.until <= this.now || waiter.isDone();
}

function takeTurn(driver: Driver): void { driver.turn(); }
