import { invalidArgType, invalidArgValue, outOfRange } from '../base/errors.js';
import { asBytes, copyOf, encode, isBytes } from '../bytes/bytes.js';
import type { LineEncoding } from './line-text.js';

/** What separates one part from the next: text stands for its UTF-8 bytes. */
export type Delimiter = string | ArrayBufferView;

/** Bytes of what a peer sizes, such as lines and frames, if no limit is given: 1 MiB. */
export const MOST_OF_PEER = 1_048_576;
/** Bytes of what the caller sizes: 16 MiB. */
export const MOST_OF_CALLER = 16_777_216;

/** The order of the bytes of a number: the highest first, or the lowest. */
export type Endian = 'big' | 'little';

/** An amount of bytes. Throws ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE. */
export function checkSize(name: string, value: unknown, least = 0): asserts value is number {
  if (typeof value !== 'number') throw invalidArgType(name, 'of type number', value);
  if (!Number.isSafeInteger(value) || value < least) throw outOfRange(name, `an integer >= ${least}`, value);
}

/** The same, and what limits may be besides: Infinity. */
export function checkLimit(name: string, value: unknown): asserts value is number {
  if (value !== Infinity) checkSize(name, value);
}

export function checkFrame(lengthBytes: unknown, endian: unknown): void {
  checkSize('lengthBytes', lengthBytes, 1);
  if (lengthBytes > 8) throw outOfRange('lengthBytes', '>= 1 && <= 8', lengthBytes);
  if (endian !== 'big' && endian !== 'little') throw invalidArgValue('endian', endian, "must be 'big' or 'little'");
}

const ENCODINGS: readonly unknown[] = ['utf8', 'utf-8', 'latin1', 'binary'] satisfies LineEncoding[];

export function checkLineEncoding(encoding: unknown): asserts encoding is LineEncoding {
  if (!ENCODINGS.includes(encoding)) throw invalidArgValue('encoding', encoding, `must be one of: ${ENCODINGS.join(', ')}`);
}

/** The bytes of a delimiter, in memory of their own. Throws ERR_INVALID_ARG_TYPE, and ERR_INVALID_ARG_VALUE for an empty one. */
export function delimiterBytes(delimiter: unknown): Uint8Array {
  if (typeof delimiter !== 'string' && !isBytes(delimiter)) {
    throw invalidArgType('delimiter', 'of type string or an instance of Buffer, TypedArray, or DataView', delimiter);
  }
  const bytes = typeof delimiter === 'string' ? encode(delimiter, 'utf8') : copyOf(asBytes(delimiter));
  if (bytes.length === 0) throw invalidArgValue('delimiter', delimiter, 'must not be empty');
  return bytes;
}
