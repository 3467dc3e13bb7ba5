import { bytesToNumber, numberToBytes } from '../address/number.js';
import type { CIDR } from './cidr.js';

/** Addresses of one version from `first` to `last`, both included. */
export interface Interval {
  readonly version: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

export const bitsOf = (version: 4 | 6): number => (version === 4 ? 32 : 128);

/** The number of addresses of a network. */
export function sizeOf({ bytes, prefix }: CIDR): bigint {
  return 1n << BigInt(bytes.length * 8 - prefix);
}

/** One address, of 4 or 16 bytes. */
export function intervalOfAddress(bytes: Uint8Array): Interval {
  const value = bytesToNumber(bytes);
  return { version: bytes.length === 4 ? 4 : 6, first: value, last: value };
}

/** Host bits of the network may be set. */
export function intervalOf(cidr: CIDR): Interval {
  const { version, first: value } = intervalOfAddress(cidr.bytes);
  const hostBits = sizeOf(cidr) - 1n;
  return { version, first: value - (value & hostBits), last: value | hostBits };
}

/** The number of bits of a positive number. */
function bitLength(value: bigint): number {
  return value <= 0xffffffffn ? 32 - Math.clz32(Number(value)) : 32 + bitLength(value >> 32n);
}

/** The fewest networks that hold exactly these addresses, in order: from each first address the largest that is aligned and fits. */
export function* networksOf({ version, first, last }: Interval): Generator<CIDR> {
  const bits = bitsOf(version);
  while (first <= last) {
    const aligned = first === 0n ? bits : bitLength(first & -first) - 1;
    const hostBits = Math.min(aligned, bitLength(last - first + 1n) - 1);
    yield { version, bytes: numberToBytes(first, bits / 8), prefix: bits - hostBits };
    first += 1n << BigInt(hostBits);
  }
}

function inOrder(a: Interval, b: Interval): number {
  if (a.version !== b.version) return a.version - b.version;
  return a.first < b.first ? -1 : a.first > b.first ? 1 : 0;
}

/** The same addresses in the fewest intervals, IPv4 first, in order: none touches the next. n log n. */
export function united(intervals: readonly Interval[]): Interval[] {
  const result: Interval[] = [];
  for (const next of [...intervals].sort(inOrder)) {
    const open = result[result.length - 1];
    if (result.length === 0 || open.version !== next.version || next.first > open.last + 1n) result.push(next);
    else if (next.last > open.last) result[result.length - 1] = { ...open, last: next.last };
  }
  return result;
}

/** What two united lists share. */
export function shared(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const result: Interval[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [left, right] = [a[i], b[j]];
    const first = left.first > right.first ? left.first : right.first;
    const last = left.last < right.last ? left.last : right.last;
    if (left.version === right.version && first <= last) result.push({ version: left.version, first, last });
    const leftEnds = left.version === right.version ? left.last <= right.last : left.version < right.version;
    if (leftEnds) i++;
    else j++;
  }
  return result;
}

/** What is in the first united list and not in the second. */
export function without(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const result: Interval[] = [];
  let j = 0;
  for (const { version, first, last } of a) {
    let from = first;
    while (j < b.length && (b[j].version < version || (b[j].version === version && b[j].last < first))) j++;
    for (let k = j; k < b.length && b[k].version === version && b[k].first <= last; k++) {
      if (b[k].first > from) result.push({ version, first: from, last: b[k].first - 1n });
      from = b[k].last + 1n;
    }
    if (from <= last) result.push({ version, first: from, last });
  }
  return result;
}
