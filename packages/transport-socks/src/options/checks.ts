import { invalidArgType, outOfRange } from '@netstrata/stream-core';

/** What timers take: beyond that they fire at once. */
const LONGEST_TIME = 2_147_483_647;

/** A time in milliseconds. Throws ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE. */
export function timeOf(name: string, given: unknown, otherwise: number): number {
  return numberOf(name, given, otherwise, LONGEST_TIME);
}

/** How many of something there may be. Throws as `timeOf`. */
export function countOf(name: string, given: unknown, otherwise: number): number {
  return given === Infinity ? Infinity : numberOf(name, given, otherwise, Number.MAX_SAFE_INTEGER);
}

function numberOf(name: string, given: unknown, otherwise: number, most: number): number {
  if (given === undefined) return otherwise;
  if (typeof given !== 'number') throw invalidArgType(name, 'of type number', given);
  if (Number.isInteger(given) && given >= 1 && given <= most) return given;
  throw outOfRange(name, `an integer >= 1 && <= ${most}`, given);
}

export function flagOf(name: string, given: unknown): boolean {
  if (given !== undefined && typeof given !== 'boolean') throw invalidArgType(name, 'of type boolean', given);
  return given === true;
}

export function checkFunction(name: string, given: unknown): void {
  if (typeof given !== 'function') throw invalidArgType(name, 'of type function', given);
}

/** ERR_INVALID_ARG_TYPE that shows no text: it may be a URL in the wrong place, with a password. */
export function wrongType(name: string, expected: string, given: unknown): Error {
  return invalidArgType(name, expected, typeof given === 'string' ? '...' : given);
}
