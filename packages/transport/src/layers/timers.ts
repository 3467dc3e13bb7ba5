import { invalidArgType, optionOf } from '@netstrata/stream-core';

/** Timers: the runtime's, or those of a test or of a simulated world. Times in milliseconds. */
export interface Timers {
  /** Runs a task after a time, as the global function of that name. */
  setTimeout(task: () => void, milliseconds: number): unknown;
  /** Forgets a task that `setTimeout` was given. */
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

/** One timer at a time. It keeps no process alive: what it is about does. */
export class Timeout {
  readonly #timers: Timers;
  #timer: unknown = null;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** In place of the one that runs. */
  start(milliseconds: number, task: () => void): void {
    this.stop();
    this.#timer = this.#timers.setTimeout(() => {
      this.#timer = null;
      task();
    }, milliseconds);
    (this.#timer as { unref?(): void } | null)?.unref?.();
  }

  /** Stops it: nothing is called any more. */
  stop(): void {
    if (this.#timer !== null) this.#timers.clearTimeout(this.#timer);
    this.#timer = null;
  }
}

/** The last milliseconds of a deadline. */
const LAST_LOOK = 50;

/**
 * A limit for what may have arrived in time: after the program was busy for long, timers come before reads. So its last milliseconds are a
 * timer of their own, with a read in between.
 */
export class Deadline extends Timeout {
  override start(milliseconds: number, task: () => void): void {
    const last = Math.min(LAST_LOOK, milliseconds / 2);
    super.start(milliseconds - last, () => { super.start(last, task); });
  }
}
