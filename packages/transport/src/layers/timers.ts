import { invalidArgType, optionOf } from '@netstrata/stream-core';

/** Timers: the runtime's, or those of a test or of a simulated world. Times in milliseconds. */
export interface Timers {
  setTimeout(task: () => void, milliseconds: number): unknown;
  clearTimeout(timer: unknown): void;
}

interface Runtime {
  readonly setTimeout: Timers['setTimeout'];
  readonly clearTimeout: Timers['clearTimeout'];
}

/** Looked up at each call: what a test has put in their place counts. */
const systemTimers: Timers = {
  setTimeout: (task, milliseconds) => (globalThis as unknown as Runtime).setTimeout(task, milliseconds),
  clearTimeout: (timer) => { (globalThis as unknown as Runtime).clearTimeout(timer); },
};

/** Throws ERR_INVALID_ARG_TYPE. */
export function timersOf(given: Timers | undefined): Timers {
  if (given === undefined) return systemTimers;
  const isClock = typeof given === 'object' && given !== null
    && typeof optionOf(given, 'setTimeout') === 'function' && typeof optionOf(given, 'clearTimeout') === 'function';
  if (!isClock) throw invalidArgType('options.clock', 'an object with setTimeout and clearTimeout', given);
  return given;
}

/** A timer that keeps no process alive: what it is about does. */
export function after(timers: Timers, milliseconds: number, task: () => void): unknown {
  const timer = timers.setTimeout(task, milliseconds);
  (timer as { unref?(): void } | null)?.unref?.();
  return timer;
}

/**
 * The last milliseconds of a limit, for a timer of their own: after the program was busy for long, timers come first, and what has arrived
 * in time is read after them.
 */
const LAST_LOOK = 50;

/** One limit in time at once, for what a layer waits for. It keeps no process alive. */
export class Deadline {
  readonly #timers: Timers;
  #timer: unknown = null;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** In place of the one that runs. */
  start(milliseconds: number, task: () => void): void {
    this.stop();
    const last = Math.min(LAST_LOOK, milliseconds / 2);
    this.#timer = after(this.#timers, milliseconds - last, () => {
      this.#timer = after(this.#timers, last, () => {
        this.#timer = null;
        task();
      });
    });
  }

  stop(): void {
    if (this.#timer !== null) this.#timers.clearTimeout(this.#timer);
    this.#timer = null;
  }
}
