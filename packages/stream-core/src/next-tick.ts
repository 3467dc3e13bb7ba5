/** Runs `task(argument)` after the current operation, before I/O: `process.nextTick` where there is one. */
export type NextTick = <A>(task: (argument: A) => void, argument: A) => void;

const host = (globalThis as { process?: { nextTick?: (task: unknown, ...args: unknown[]) => void } }).process;

export const nextTick: NextTick =
  typeof host?.nextTick === 'function'
    ? (task, argument) => host.nextTick!(task, argument)
    : (task, argument) => {
        queueMicrotask(() => task(argument));
      };
