import { systemTime, type VirtualTime } from '@netstrata/transport-memory';
import { AttachedClocks, type AttachedClock } from './attached-clocks.js';
import { StandstillHint } from './standstill-hint.js';
import { tooLong } from '../base/errors.js';
import { runNowhere } from '../context/here.js';

/** Turns of the event loop that a program gets for its own work, after that of an event, before the clock moves on. */
const TURNS_BEFORE_TIME = 2;
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
  turns: number;
}

export interface DriverLimits {
  /** Milliseconds of virtual time, from the start of the world. */
  readonly time: number;
  readonly events: number;
}

/**
 * Moves a world on for as long as something waits in it. Owns what waits, and when the next event happens. A report to a program has a
 * turn of the runtime's event loop, so that ticks, promises and immediates of the program run in between, as they would between two events
 * of a real network. What only kernels notice has no turn.
 */
export class Driver {
  readonly #time: VirtualTime;
  readonly #limits: DriverLimits;
  readonly #explain: () => Error;
  readonly #program: Turns;
  readonly #clocks = new AttachedClocks();
  readonly #hint = new StandstillHint();
  #waiters: Waiter[] = [];
  #isActive = false;
  #quietTurns = 0;
  #outside = 0;
  #stopped: Error | null = null;
  #isParked = false;
  /** Events so far. */
  events = 0;

  constructor(time: VirtualTime, program: Turns, limits: DriverLimits, explain: () => Error) {
    this.#time = time;
    this.#program = program;
    this.#limits = limits;
    this.#explain = explain;
  }

  get isStopped(): boolean { return this.#stopped !== null; }

  /** Resolves once the condition holds, or at a time; rejects when neither can come. */
  wait(isDone: () => boolean, until = Number.POSITIVE_INFINITY): Promise<void> {
    if (this.#stopped !== null) return Promise.reject(this.#stopped);
    return new Promise((resolve, reject) => {
      this.#isParked = false;
      this.#hint.moved();
      this.#waiters.push({ isDone, until, resolve, reject });
      this.#stir();
    });
  }

  /** One event. False when there are only tasks in the background. */
  async step(): Promise<boolean> {
    const before = this.events;
    if (this.#time.isIdle && this.#clocks.next(this.#time.now) === null) return false;
    await this.wait(() => this.events > before);
    return true;
  }

  /** Stops time until something outside of the world is done. */
  async outside<T>(work: Promise<T> | (() => Promise<T>)): Promise<T> {
    this.#outside++;
    try {
      return await (typeof work === 'function' ? runNowhere(work) : work);
    } finally {
      this.#outside--;
      this.#stir();
    }
  }

  /** Has a clock go with this time, until what it returns is called. */
  attach(clock: AttachedClock): () => void {
    this.#stir();
    return this.#clocks.attach(clock);
  }

  /** An error was not caught: everything that waits is rejected with it. False when nothing waits. */
  fail(error: unknown): boolean {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiters) waiter.reject(error);
    return waiters.length > 0;
  }

  /** Stops time, though something waits, until something else happens. */
  park(): void {
    this.#isParked = true;
  }

  /** A program has asked something of the network, which takes time. */
  asked(): void {
    if (this.#waiters.length === 0 && this.#stopped === null) this.#hint.asked();
  }

  /** Nothing happens any more. */
  stop(error: Error): void {
    this.#stopped = error;
    this.#hint.moved();
    this.fail(error);
  }

  /** Something has changed: programs have their turns again before time moves. */
  #stir(): void {
    this.#quietTurns = 0;
    if (this.#isActive || !this.#mayMove) return;
    this.#isActive = true;
    systemTime.soon(takeTurn, this);
  }

  /** Whether something waits, and time is not stopped. */
  get #mayMove(): boolean {
    return this.#waiters.length > 0 && this.#outside === 0 && this.#stopped === null && !this.#isParked;
  }

  /** @internal */
  turn(): void {
    this.#isActive = false;
    const quiet = this.#quietTurns;
    let moved = true;
    try {
      if (!this.#settle() && this.#mayMove) moved = this.#advance();
    } catch (error) {
      this.fail(error);
    }
    this.#stir();
    if (!moved) this.#quietTurns = quiet + 1;
  }

  /** True when something has waited long enough: what its caller does next comes before anything else happens. */
  #settle(): boolean {
    const done = new Set(this.#waiters.filter(isDone, this.#time));
    if (done.size === 0) return false;
    this.#waiters = this.#waiters.filter((waiter) => !done.has(waiter));
    for (const waiter of done) waiter.resolve();
    return true;
  }

  /** Goes on to the next thing that a program notices. False when a program may have something to do first. */
  #advance(): boolean {
    const time = this.#time;
    const before = this.#program.turns;
    let until = Number.POSITIVE_INFINITY;
    for (const waiter of this.#waiters) until = Math.min(until, waiter.until);
    do {
      const due = this.#clocks.next(time.now);
      const next = due === null ? time.next : Math.min(due, time.next ?? due);
      const isOver = next === null || (due === null && time.isIdle && until === Number.POSITIVE_INFINITY);
      const isStuck = isOver && until === Number.POSITIVE_INFINITY;
      if ((isOver || next > time.now) && this.#quietTurns < (isStuck ? TURNS_BEFORE_STUCK : TURNS_BEFORE_TIME)) return false;
      if (isStuck) this.#stuck();
      else if (isOver || next > until) this.#moveTo(until);
      else this.#happens(next, due === next);
      if (isOver || next > until) return true;
    } while (this.#program.turns === before && !this.#waiters.some(isDone, time));
    return true;
  }

  #happens(at: number, ofClock: boolean): void {
    this.events++;
    if (this.events > this.#limits.events) throw tooLong(`${this.#limits.events} events`);
    if (at > this.#limits.time) throw tooLong(`${this.#limits.time} ms`);
    // Attached clocks advance before anything happens at that time, and what they run has a separate turn.
    if (!this.#clocks.isEmpty && (at > this.#time.now || ofClock)) this.#moveTo(at);
    else this.#time.step();
  }

  #moveTo(at: number): void {
    const passed = at - this.#time.now;
    this.#time.moveTo(at);
    if (this.#clocks.isEmpty) return;
    this.#program.turns++;
    this.#clocks.advance(passed);
  }

  /** The last that waits is rejected first: the others may be waiting for its caller. */
  #stuck(): void {
    this.#waiters.pop()!.reject(this.#explain());
  }
}

function isDone(this: VirtualTime, waiter: Waiter): boolean {
  return waiter.until <= this.now || waiter.isDone();
}

function takeTurn(driver: Driver): void { driver.turn(); }
