import { invalidArgType, outOfRange } from '@netstrata/stream-core';

/** Throws ERR_INVALID_ARG_TYPE or ERR_OUT_OF_RANGE for what is no number of milliseconds from 0 on. */
export function checkTime(value: unknown, name: string): void {
  if (typeof value !== 'number') throw invalidArgType(name, 'of type number', value);
  if (!Number.isFinite(value) || value < 0) throw outOfRange(name, 'at least 0', value);
}

/** Throws ERR_OUT_OF_RANGE where one of them is no whole number from 0 on, or from `least` on. */
export function checkWhole(values: Readonly<Record<string, unknown>>, least = 0): void {
  for (const [name, value] of Object.entries(values)) {
    if (!Number.isSafeInteger(value) || (value as number) < least) throw outOfRange(name, `a whole number, at least ${least}`, value);
  }
}

/** Throws ERR_INVALID_ARG_TYPE where something is given that is no function. */
export function checkFunction(value: unknown, name: string): void {
  if (value !== undefined && typeof value !== 'function') throw invalidArgType(name, 'of type function', value);
}
