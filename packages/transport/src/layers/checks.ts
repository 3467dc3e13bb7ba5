import { invalidArgType, invalidArgValue, optionOf, outOfRange } from '@netstrata/stream-core';
import type { Transport } from '../contract/transport.js';

/* What the options of layers have in common. Each function throws ERR_INVALID_ARG_TYPE, and those of numbers ERR_OUT_OF_RANGE. */

/** What timers take, in milliseconds: beyond that they fire at once. */
export const LONGEST_TIME = 2_147_483_647;

/** An integer. `otherwise` when not given. */
export function numberOf(name: string, given: unknown, otherwise: number, least: number, most: number): number {
  if (given === undefined) return otherwise;
  if (typeof given !== 'number') throw invalidArgType(name, 'of type number', given);
  if (Number.isInteger(given) && given >= least && given <= most) return given;
  throw outOfRange(name, `an integer >= ${least} && <= ${most}`, given);
}

/** A time in milliseconds. */
export function timeOf(name: string, given: unknown, otherwise: number): number {
  return numberOf(name, given, otherwise, 1, LONGEST_TIME);
}

/** How many of something there may be; Infinity for no limit. */
export function countOf(name: string, given: unknown, otherwise: number): number {
  return given === Infinity ? Infinity : numberOf(name, given, otherwise, 1, Number.MAX_SAFE_INTEGER);
}

/** False when not given. */
export function flagOf(name: string, given: unknown): boolean {
  if (given !== undefined && typeof given !== 'boolean') throw invalidArgType(name, 'of type boolean', given);
  return given === true;
}

/**
 * Checks that an option is a function.
 * @throws TypeError `ERR_INVALID_ARG_TYPE` under the name, for anything else
 */
export function checkFunction(name: string, given: unknown): void {
  if (typeof given !== 'function') throw invalidArgType(name, 'of type function', given);
}

/** A list of texts, in a list of its own. None is shown: they may be secrets. */
export function textsOf(name: string, given: unknown): readonly string[] {
  if (!Array.isArray(given)) throw invalidArgType(name, 'an instance of Array', unshown(given));
  return Array.from(given as readonly unknown[], (one, at) => {
    if (typeof one !== 'string') throw invalidArgType(`${name}[${at}]`, 'of type string', one);
    return one;
  });
}

/** Checks that an option is a transport: that it has `connect` and `capabilities`. */
export function transportOf(name: string, given: unknown): Transport {
  const isTransport = typeof given === 'object' && given !== null && typeof optionOf(given as Transport, 'connect') === 'function';
  if (!isTransport) throw invalidArgType(name, 'a Transport', unshown(given));
  return given as Transport;
}

/**
 * Throws ERR_INVALID_ARG_VALUE as well, for a field that is none: where options are limits or say who is let in, one that is misspelt would
 * not hold.
 */
export function checkFields(name: string, given: unknown, known: readonly string[]): void {
  if (typeof given !== 'object' || given === null) throw invalidArgType(name, 'of type object', unshown(given));
  const unknown = Object.keys(given).find((field) => !known.includes(field));
  if (unknown === undefined) return;
  throw invalidArgValue(name, '{...}', `has a field ${JSON.stringify(unknown.slice(0, 40))}, which is no option`);
}

/** A text in a wrong place may be a URL with a password. */
const unshown = (given: unknown): unknown => (typeof given === 'string' ? '...' : given);
