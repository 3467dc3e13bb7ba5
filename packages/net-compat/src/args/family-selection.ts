import { invalidArgType } from '@netstrata/stream-core';

/**
 * Whether `connect` tries several addresses of a name, and how: one after the other, each with its time, as Node does; or in attempts that
 * overlap (`'race'`, RFC 8305).
 */
export type FamilySelection = boolean | 'race';

/** Throws ERR_INVALID_ARG_TYPE. */
export function checkFamilySelection(value: unknown, name: string): asserts value is FamilySelection {
  if (typeof value !== 'boolean' && value !== 'race') throw invalidArgType(name, 'of type boolean', value);
}
