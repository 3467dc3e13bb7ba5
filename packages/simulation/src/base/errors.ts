import { codedError, describe } from '@netstrata/stream-core';

/** Nothing will ever happen any more, and somebody waits. */
export const stuck = (report: string): Error => codedError(Error, 'ERR_SIMULATION_STUCK', `Nothing can happen any more in this world, and the run is not over. Timers, files and threads are none of it: see installGlobals and world.outside\n${report}`);

export const isStuck = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === 'ERR_SIMULATION_STUCK';

export const tooLong = (what: string): Error => codedError(Error, 'ERR_SIMULATION_LIMIT', `The run is not over after ${what}`);

export const diverged = (text: string): Error => codedError(Error, 'ERR_SIMULATION_DIVERGED', text);

export const noHost = (): Error => codedError(Error, 'ERR_SIMULATION_NO_HOST', 'A socket or server was made in a world, but on none of its hosts: use `host.run`, or `world.outside` if the real network is meant');

export const closed = (): Error => codedError(Error, 'ERR_SIMULATION_CLOSED', 'This world has been closed');

export const noScenario = (): Error => codedError(Error, 'ERR_SIMULATION_NO_SCENARIO', 'Only what was run with `world.run` can be replayed');

/** Puts a report behind what an error says, where test runners print it. Errors keep their class, code and everything else. */
export function annotate(thrown: unknown, report: string): Error {
  const error = thrown instanceof Error ? thrown : codedError(Error, 'ERR_SIMULATION_FAILED', `The run ended with ${describe(thrown)}`);
  const { message, stack } = error;
  try {
    error.message = `${message}\n\n${report}`;
    if (typeof stack === 'string' && stack.includes(message)) error.stack = stack.replace(message, () => error.message);
  } catch {
    // A frozen error is told as it is.
  }
  return error;
}
