import { codedError, invalidArgType, outOfRange } from '@netstrata/stream-core';

/** Throws ERR_INVALID_ARG_TYPE or ERR_OUT_OF_RANGE for a value that is given and is not such a number. */
export function checkNumber(value: unknown, name: string, wanted: string, isFine: (value: number) => boolean): void {
  if (value === undefined) return;
  if (typeof value !== 'number') throw invalidArgType(name, 'of type number', value);
  // Node's wording: It must be ...
  if (!Number.isFinite(value) || !isFine(value)) throw outOfRange(name, wanted, value);
}

/** Throws for what cannot be the name of a host: names are printed in timelines. */
export function checkName(name: unknown): void {
  if (typeof name !== 'string') throw invalidArgType('name', 'of type string', name);
  const isUnprintable = name === '' || /[\s\u0000-\u001f\u007f-\u009f]/.test(name);
  if (isUnprintable) throw codedError(TypeError, 'ERR_INVALID_ARG_VALUE', `A host cannot be called ${JSON.stringify(name)}`);
}
