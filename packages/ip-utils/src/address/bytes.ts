import { groups } from '../syntax/groups.js';
import type { IPAddress } from './types.js';

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
 */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i]) return a[i] - b[i];
  }
  return 0;
}

/** The bytes that were given, of whichever realm, or those of a parsed address. */
export function bytesOf(address: Uint8Array | IPAddress): Uint8Array {
  return ArrayBuffer.isView(address) ? address : address.bytes;
}
