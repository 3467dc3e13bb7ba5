import { codedError, describe, isError } from '@netstrata/stream-core';

/** Nothing will ever happen any more, and something waits. */
export function stuck(report: string): Error {
  const message = 'Nothing can happen any more in this world, and the run is not over. '
    + 'Timers, files and threads are none of it: see installGlobals and world.outside';
  return codedError(Error, 'ERR_SIMULATION_STUCK', `${message}\n${report}`);
}

export function isStuck(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === 'ERR_SIMULATION_STUCK';
}

export function tooLong(what: string): Error {
  return codedError(Error, 'ERR_SIMULATION_LIMIT', `The run is not over after ${what}`);
}

export function diverged(text: string): Error {
  return codedError(Error, 'ERR_SIMULATION_DIVERGED', text);
}

export function noHost(): Error {
  const message = 'A socket or server was made in a world, but on none of its hosts: '
    + 'use `host.run`, or `world.outside` if the real network is meant';
  return codedError(Error, 'ERR_SIMULATION_NO_HOST', message);
}

export function closed(): Error {
  return codedError(Error, 'ERR_SIMULATION_CLOSED', 'This world has been closed');
}

/** What an error says besides that nobody waited for. */
export const OUTSIDE = 'This happened outside of world.run, world.runUntil and world.advance, so that nothing could be told of it';

export function noScenario(): Error {
  return codedError(Error, 'ERR_SIMULATION_NO_SCENARIO', 'Only what was run with `world.run` can be replayed');
}

/** Puts a report behind what an error says, where test runners print it. Errors keep their class, code and everything else. */
export function annotate(thrown: unknown, report: string): Error {
  const error = isError(thrown) ? thrown : codedError(Error, 'ERR_SIMULATION_FAILED', `The run ended with ${describe(thrown)}`);
  const { message, stack } = error;
  try {
    error.message = `${message}\n\n${report}`;
    if (typeof stack === 'string' && stack.includes(message)) error.stack = stack.replace(message, () => error.message);
  } catch {
    // A frozen error is thrown as it is.
  }
  return error;
}
