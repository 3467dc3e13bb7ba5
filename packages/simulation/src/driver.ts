import { systemTime, type VirtualTime } from '@netstrata/transport-memory';
import { tooLong } from './errors.js';
import { runNowhere } from './where.js';

/** Turns of the event loop that a program has for what it does by itself, before the clock moves on. */
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

/** Timers that are none of the world's and yet go by its time: those that a test runner fakes, say. */
export interface AttachedClock {
  /** Milliseconds until the next of them is due; null when none is. */
  next(): number | null;
  /** So many milliseconds have passed: what is due by now is to be run. */
  advance(milliseconds: number): void;
}

export interface DriverLimits {
  /** Milliseconds of virtual time, from the start of the world. */
  readonly time: number;
  readonly events: number;
}

/**
 * Moves a world on for as long as somebody waits for something. Each event has a turn of the runtime's event loop, so that ticks, promises and
 * immediates of the program run in between, as they would between two events of a real network.
 */
export class Driver {
  readonly #time: VirtualTime;
  readonly #limits: DriverLimits;
  readonly #explain: () => Error;
  readonly #clocks = new Set<AttachedClock>();
  #waiters: Waiter[] = [];
  #isActive = false;
  #quietTurns = 0;
  #outside = 0;
  #isStopped = false;
  /** Events so far. */
  events = 0;

  constructor(time: VirtualTime, limits: DriverLimits, explain: () => Error) {
    this.#time = time;
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
    if (this.#time.next === null && this.#nextOfClocks() === null) return false;
    await this.wait(() => this.events > before);
    return true;
  }

  /** Time stands still until something outside of the world is done. */
  async outside<T>(work: Promise<T> | (() => Promise<T>)): Promise<T> {
    this.#outside++;
    try {
      return await (typeof work === 'function' ? runNowhere(work) : work);
    } finally {
      this.#outside--;
      this.#quietTurns = 0;
      this.#start();
    }
  }

  /** Has a clock go with this time, until what it returns is called. */
  attach(clock: AttachedClock): () => void {
    this.#clocks.add(clock);
    this.#quietTurns = 0;
    return () => { this.#clocks.delete(clock); };
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
    const done = this.#waiters.filter((waiter) => waiter.until <= this.#time.now || waiter.isDone());
    if (done.length === 0) return;
    this.#waiters = this.#waiters.filter((waiter) => !done.includes(waiter));
    for (const waiter of done) waiter.resolve();
  }

  #advance(): void {
    const time = this.#time;
    const until = Math.min(...this.#waiters.map((waiter) => waiter.until));
    const due = this.#nextOfClocks();
    const next = due === null ? time.next : Math.min(due, time.next ?? due);
    const isOver = next === null || (due === null && time.isIdle && until === Number.POSITIVE_INFINITY);
    const turns = isOver && until === Number.POSITIVE_INFINITY ? TURNS_BEFORE_STUCK : isOver || next > time.now ? TURNS_BEFORE_TIME : 0;
    if (this.#quietTurns < turns) {
      this.#quietTurns++;
      return;
    }
    if (isOver || next > until) {
      if (until === Number.POSITIVE_INFINITY) this.#stuck();
      else this.#moveTo(until);
      return;
    }
    this.#quietTurns = 0;
    this.events++;
    if (this.events > this.#limits.events) throw tooLong(`${this.#limits.events} events`);
    if (next > this.#limits.time) throw tooLong(`${this.#limits.time} ms`);
    // Attached clocks hear of it before anything happens at that time, and what they run has a turn of its own.
    if (this.#clocks.size > 0 && (next > time.now || due === next)) this.#moveTo(next);
    else time.step();
  }

  #moveTo(at: number): void {
    const passed = at - this.#time.now;
    this.#time.moveTo(at);
    for (const clock of [...this.#clocks]) clock.advance(passed);
  }

  /** When the first timer of an attached clock is due; null when none is. */
  #nextOfClocks(): number | null {
    let next: number | null = null;
    for (const clock of this.#clocks) {
      const left = clock.next();
      // Whole microseconds, as all times here.
      if (left !== null) next = Math.min(next ?? Number.POSITIVE_INFINITY, Math.round((this.#time.now + Math.max(0, left)) * 1000) / 1000);
    }
    return next;
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

function takeTurn(driver: Driver): void { driver.turn(); }
