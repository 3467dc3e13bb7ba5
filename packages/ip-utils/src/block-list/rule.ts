import { invalidAddress } from '../errors/errors.js';
import { groups } from '../syntax/groups.js';
import { isMapped, pton } from '../syntax/pton.js';
import { kSocketAddress, type SocketAddress, type SocketAddressJSON } from '../socket-address/socket-address.js';
import type { Key } from './sorted-keys.js';

/** An end of a rule: what the user gave, and the address as a number. */
export interface Endpoint extends SocketAddressJSON {
  /** 128 bits in three numbers, IPv4 in mapped form. */
  readonly key: Key;
  /** IPv4, or IPv6 that is IPv4-mapped: the two compare equal. */
  readonly isIPv4: boolean;
}

export interface Subnet {
  readonly network: Endpoint;
  readonly prefix: number;
}

export interface Range {
  readonly start: Endpoint;
  readonly end: Endpoint;
}

/** The first and second 48 bits of every IPv4-mapped address. */
const MAPPED_K1 = 0xffff;
const LAST_32 = 0xffffffff;
export const FIRST_MAPPED: Key = [0, MAPPED_K1, 0];
export const LAST_MAPPED: Key = [0, MAPPED_K1, LAST_32];

/** Three groups of the last scan as one number of 48 bits. */
export function groupsAt(at: 0 | 3): number {
  return groups[at] * 0x1_0000_0000 + groups[at + 1] * 0x1_0000 + groups[at + 2];
}

/** Two groups of the last scan as one unsigned number of 32 bits. */
export function wordAt(at: number): number {
  return ((groups[at] << 16) | groups[at + 1]) >>> 0;
}

/** @throws Error `ERR_INVALID_ADDRESS` for something that only claims to be a SocketAddress */
export function endpointOf(address: SocketAddress): Endpoint {
  const { address: text, port, family, flowlabel } = address[kSocketAddress];
  if (typeof text !== 'string' || !pton(text, family)) throw invalidAddress();
  return { address: text, port, family, flowlabel, key: [groupsAt(0), groupsAt(3), wordAt(6)], isIPv4: isMapped() };
}

/** The socket address, port and all: what Node's removal methods compare. */
function endpointId({ address, family, port, flowlabel }: Endpoint): string {
  return `${address} ${family} ${port} ${flowlabel}`;
}

export function subnetId({ network, prefix }: Subnet): string {
  return `${endpointId(network)} ${prefix}`;
}

export function rangeId({ start, end }: Range): string {
  return `${endpointId(start)} ${endpointId(end)}`;
}

export function compareKey(a: Key, b: Key): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

/** Whether Node can order the two: IPv4 against IPv6 that is not IPv4-mapped has no order. */
export function isAfter(start: Endpoint, end: Endpoint): boolean {
  const comparable = start.family === end.family || (start.isIPv4 && end.isIPv4);
  return comparable && compareKey(start.key, end.key) > 0;
}

/** The lowest and highest address that share `prefix` bits (of 128) with `key`. */
export function subnetBounds(key: Key, prefix: number): [Key, Key] {
  const first: number[] = [];
  const last: number[] = [];
  [48, 48, 32].forEach((bits, i) => {
    const before = i * 48;
    const size = 2 ** (bits - Math.min(Math.max(prefix - before, 0), bits));
    const low = Math.floor(key[i] / size) * size;
    first.push(low);
    last.push(low + size - 1);
  });
  return [first, last];
}

function familyText({ family }: Endpoint): string {
  return family === 'ipv4' ? 'IPv4' : 'IPv6';
}

export function addressText(address: Endpoint): string {
  return `Address: ${familyText(address)} ${address.address}`;
}

export function subnetText({ network, prefix }: Subnet): string {
  return `Subnet: ${familyText(network)} ${network.address}/${prefix}`;
}

export function rangeText({ start, end }: Range): string {
  return `Range: ${familyText(start)} ${start.address}-${end.address}`;
}
