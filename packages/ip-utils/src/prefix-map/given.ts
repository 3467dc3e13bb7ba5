import type { AddressLike } from '../address/index.js';
import { addressBytes } from '../address/parse.js';
import { cidrBounds, parseCIDR, type CIDR } from '../cidr/index.js';
import { isCIDR, toCIDR } from '../cidr/cidr.js';

/** The first `length` bits of an address of 4 or 16 bytes. */
export interface Prefix {
  readonly bytes: Uint8Array;
  readonly length: number;
}

/** A network that a caller named, host bits cleared. @throws TypeError as `cidrBounds` */
export function prefixOf(cidr: CIDR | string): Prefix {
  const { bytes, prefix } = toCIDR(cidr);
  // Those of text are cleared already.
  return { bytes: typeof cidr === 'string' ? bytes : cidrBounds(cidr).first, length: prefix };
}

/** An address, as the prefix of all its bits, or a network; null for what is neither. */
export function prefixIn(given: AddressLike | CIDR | null | undefined): Prefix | null {
  const cidr = typeof given === 'string' && given.includes('/') ? parseCIDR(given) : given;
  if (isCIDR(cidr)) return prefixOf(cidr);
  const bytes = addressBytes(cidr);
  return bytes === null ? null : { bytes, length: bytes.length * 8 };
}
