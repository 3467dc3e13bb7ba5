import { isLinux } from '../runtime/runtime.js';
import { codedError, describe, invalidArgType, invalidArgValue, outOfRange } from '@netstrata/stream-core';

/** Checks of what users pass, with Node's errors. Each throws, or returns nothing. */

export function checkString(value: unknown, name: string): asserts value is string {
  if (typeof value !== 'string') throw invalidArgType(name, 'of type string', value, checkString);
}

/** As Node: no array, no function. */
export function checkObject(value: unknown, name: string): asserts value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalidArgType(name, 'of type object', value);
}

export function checkNumber(value: unknown, name: string): asserts value is number {
  if (typeof value !== 'number') throw invalidArgType(name, 'of type number', value, checkNumber);
}

export function checkBoolean(value: unknown, name: string): asserts value is boolean {
  if (typeof value !== 'boolean') throw invalidArgType(name, 'of type boolean', value);
}

export function checkFunction(value: unknown, name: string): asserts value is (...args: never[]) => unknown {
  if (typeof value !== 'function') throw invalidArgType(name, 'of type function', value);
}

/** An integer of `min` to 2^31-1. */
export function checkInt32(value: unknown, name: string, min: number): asserts value is number {
  checkNumber(value, name);
  if (!Number.isInteger(value)) throw outOfRange(name, 'an integer', value);
  if (value < min || value > 0x7fffffff) throw outOfRange(name, `>= ${min} && <= 2147483647`, value);
}

/** A port as a number or as text. */
export function checkPort(port: unknown, name = 'Port'): number {
  const isNumeric = typeof port === 'number' || (typeof port === 'string' && port.trim() !== '');
  if (isNumeric && Number.isInteger(+port) && +port >= 0 && +port <= 0xffff) return +port;
  throw codedError(RangeError, 'ERR_SOCKET_BAD_PORT', `${name} should be >= 0 and < 65536. Received ${describe(port)}.`, checkPort);
}

/** The resolver and the system would cut the text at the first NUL, and go elsewhere. */
export function checkNoNul(text: string, name: string): void {
  if (text.includes('\0')) throw invalidArgValue(name, text, 'must be a string without null bytes');
}

/** Linux's abstract names begin with NUL, and every byte of them counts. */
export function checkPath(path: string): void {
  if (!isLinux || !path.startsWith('\0')) checkNoNul(path, 'options.path');
}

/** The octet that the IP header has for the type of service. */
export function checkByte(value: unknown, name: string): asserts value is number {
  checkNumber(value, name);
  if (!Number.isInteger(value)) throw outOfRange(name, 'an integer', value);
  if (value < 0 || value > 255) throw outOfRange(name, '>= 0 && <= 255', value);
}

/** What setTimeout can hold. */
export const LONGEST_TIMER = 0x7fffffff;

/** Milliseconds of an option that sets a limit; 0 where there is to be none. */
export function limitOf(milliseconds: unknown, name: string): number {
  return milliseconds == null ? 0 : checkDuration(milliseconds, name);
}

/** Milliseconds for a timer. */
export function checkDuration(milliseconds: unknown, name: string): number {
  checkNumber(milliseconds, name);
  if (!(milliseconds >= 0) || milliseconds === Number.POSITIVE_INFINITY) {
    throw outOfRange(name, 'a non-negative finite number', milliseconds);
  }
  return Math.min(milliseconds, LONGEST_TIMER);
}

/**
 * Whether `connect` tries several addresses of a name, and how: one after the other, each with its time, as Node does; or in attempts that
 * overlap (`'race'`, RFC 8305).
 */
export type FamilySelection = boolean | 'race';

/** Throws ERR_INVALID_ARG_TYPE. */
export function checkFamilySelection(value: unknown, name: string): asserts value is FamilySelection {
  if (typeof value !== 'boolean' && value !== 'race') throw invalidArgType(name, 'of type boolean', value);
}
