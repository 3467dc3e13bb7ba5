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
