import { runtimeProcess } from './process.js';

/** Runs `task(argument)` after the current operation, before I/O: `process.nextTick` where there is one. */
export type NextTick = <A>(task: (argument: A) => void, argument: A) => void;

/** Where deferred work of streams goes, and what time it is. A simulation may own both. */
export interface StreamClock {
  readonly nextTick: NextTick;
  /** Milliseconds since some moment. Without it a tick lasts no time. */
  now?(): number;
}

export const nextTick: NextTick =
  typeof runtimeProcess?.nextTick === 'function'
    ? (task, argument) => runtimeProcess!.nextTick!(task, argument)
    : (task, argument) => {
        queueMicrotask(() => task(argument));
      };

/** As it is now: tests that fake ticks mean those of their own code. */
const tick = runtimeProcess?.nextTick;

/** Whether the runtime's own ticks are replaced. */
export function areTicksFaked(): boolean {
  return runtimeProcess?.nextTick !== tick;
}

/** As `nextTick`, by the runtime's own ticks also where they are faked. */
export const realTick: NextTick = typeof tick === 'function' ? (task, argument) => tick.call(runtimeProcess, task, argument) : nextTick;

/** The runtime's `queueMicrotask`, as it is now. */
export const { queueMicrotask: microtask } = globalThis as { queueMicrotask: (task: () => void) => void };

type Immediate = <A extends unknown[]>(task: (...args: A) => void, ...args: A) => unknown;

/** The runtime's `setImmediate`, where there is one: as it is now, so that it runs also while a test fakes time. */
export const { setImmediate: immediate } = globalThis as unknown as { setImmediate: Immediate };

/**
 * As it is now: tests that fake time mean that of their own code. To read `performance` would load a module of Node's that few need.
 */
const hrtime = runtimeProcess?.hrtime?.bind(runtimeProcess);
const performance = hrtime === undefined ? (globalThis as { performance?: { now(): number } }).performance : undefined;

/** Milliseconds, of a clock that never goes back. */
export const now: () => number = hrtime === undefined ? performance?.now.bind(performance) ?? Date.now : () => {
  const [seconds, nanoseconds] = hrtime();
  return seconds * 1000 + nanoseconds / 1_000_000;
};

/** Those of the runtime. */
export const streamClock: StreamClock = { nextTick, now };
