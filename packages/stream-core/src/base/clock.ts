import { runtimeProcess } from './process.js';

/** Runs `task(argument)` after the current operation, before I/O: `process.nextTick` where there is one. */
export type NextTick = <A>(task: (argument: A) => void, argument: A) => void;

/** Where deferred work of streams goes, and what time it is. A simulation may own both. */
export interface StreamClock {
  /** Runs a task after the code that runs now, before anything of the system. */
  readonly nextTick: NextTick;
  /** Milliseconds since some moment. Without it a tick lasts no time. */
  now?(): number;
}

/** `process.nextTick` where there is one, else a microtask. Takes a task and its argument, so that no closure is needed. */
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

// As it is now, so that it runs also while a test fakes time.
export const {
  /** The runtime's `setImmediate`, as it was when this was loaded; undefined where it has none. */
  setImmediate: immediate,
} = globalThis as unknown as { setImmediate: Immediate };

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
