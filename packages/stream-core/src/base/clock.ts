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

/** The runtime's `setImmediate`, where there is one: as it is now, so that it runs also while a test fakes time. */
export const immediate = (globalThis as { setImmediate?: (task: () => void) => unknown }).setImmediate!;

interface Performance {
  now(): number;
}

/** As it is, and not as tests make it that fake the time of their own code. */
let clock: (() => number) | undefined;

function monotonic(): () => number {
  const hooks = runtimeProcess?.getBuiltinModule?.('perf_hooks') as { performance: Performance } | undefined;
  const performance = hooks?.performance ?? (globalThis as { performance?: Performance }).performance;
  if (performance === undefined) return Date.now;
  const { now: own } = Object.getPrototypeOf(performance) as Partial<Performance>;
  return (own ?? performance.now).bind(performance);
}

/** Milliseconds, of a clock that never goes back. On Node it is a module that few programs have loaded, so it waits until it is asked. */
export function now(): number {
  return (clock ??= monotonic())();
}

/** Those of the runtime. */
export const streamClock: StreamClock = { nextTick, now };
