import { bytesToNumber } from '../address/number.js';
import type { Interval } from '../cidr/interval.js';

// All addresses on one line: IPv4, then IPv6.

/** From `first` to `last` on the line, both included. */
export interface Stretch {
  readonly first: bigint;
  readonly last: bigint;
}

const IPV4 = 1n << 32n;
/** ::ffff:0:0/96: to a socket these are the IPv4 addresses. */
const MAPPED = 0xffffn << 32n;

export function keyOf(bytes: Uint8Array): bigint {
  const number = bytesToNumber(bytes);
  return bytes.length === 4 ? number : number + IPV4;
}

/** What lies within the IPv4-mapped addresses is IPv4; what lies only partly within is taken as written. */
export function lineOf({ version, first, last }: Interval): Stretch {
  if (version === 4) return { first, last };
  if (first >= MAPPED && last < MAPPED + IPV4) return { first: first - MAPPED, last: last - MAPPED };
  return { first: first + IPV4, last: last + IPV4 };
}
