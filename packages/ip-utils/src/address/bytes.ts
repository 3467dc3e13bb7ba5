import { groups } from '../syntax/groups.js';
import { isBytes } from './is-bytes.js';

/** Copies the scanned groups from `first` on into bytes, in network order. */
export function groupsToBytes(first: number): Uint8Array {
  const bytes = new Uint8Array((8 - first) * 2);
  for (let i = first, at = 0; i < 8; i++) {
    bytes[at++] = groups[i] >> 8;
    bytes[at++] = groups[i] & 0xff;
  }
  return bytes;
}

/**
 * Orders two addresses of one family, given as bytes.
 * @returns below zero, zero or above zero, as for `Array.prototype.sort`. Shorter comes first: IPv4 before IPv6.
 * @throws TypeError `ERR_INVALID_ARG_TYPE` for what is no Uint8Array
 * @example
 * ```js
 * import { compareBytes, parseIPv4 } from '@netstrata/ip-utils/address';
 *
 * console.log(compareBytes(parseIPv4('10.0.0.2'), parseIPv4('10.0.0.10')) < 0); // prints true
 * ```
 */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  if (!isBytes(a)) throw wrong('ERR_INVALID_ARG_TYPE', 'a', BYTES);
  if (!isBytes(b)) throw wrong('ERR_INVALID_ARG_TYPE', 'b', BYTES);
  return orderOf(a, b);
}

const BYTES = 'an instance of Uint8Array';

/** Lighter than those of the other entries: this one imports nothing that shows values. */
export function wrong(code: 'ERR_INVALID_ARG_TYPE' | 'ERR_INVALID_ARG_VALUE', name: string, what: string): TypeError {
  return Object.assign(new TypeError(`The "${name}" argument must be ${what}`), { code });
}

/** The same for bytes that are known to be such. */
export function orderOf(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i]) return a[i] - b[i];
  }
  return 0;
}
