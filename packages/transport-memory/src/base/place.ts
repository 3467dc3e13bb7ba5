import { embeddedIPv4, formatBytes, parseAddress } from '@netstrata/ip-utils/address';
import type { InetEndpoint } from '@netstrata/transport';

/** An address as the network looks at it. */
export interface Place {
  /** By which two addresses are compared: canonical, and IPv4 where it is IPv4 in an IPv6 address. */
  readonly key: string;
  readonly version: 4 | 6;
  /** IPv4 that was written as IPv6: `::ffff:10.0.0.1`. */
  readonly isMapped: boolean;
  readonly isLoopback: boolean;
  /** `0.0.0.0` and `::`: to listen, every address; to dial, this host. */
  readonly isAny: boolean;
}

/** The text must be an IP address. A zone says nothing here: every network is one link. */
export function placeOf(text: string): Place {
  const address = parseAddress(text)!;
  const inside = address.version === 6 ? embeddedIPv4(address.bytes) : null;
  const isMapped = inside?.embedding === 'mapped';
  const bytes = isMapped ? inside.bytes : address.bytes;
  const key = formatBytes(bytes);
  const version = bytes.length === 4 ? 4 : 6;
  return { key, version, isMapped, isLoopback: version === 4 ? bytes[0] === 127 : key === '::1', isAny: bytes.every((byte) => byte === 0) };
}

/** How an address is written by a socket that speaks IPv6 (`mapped`) or whatever the address is. */
export function endpointOf(key: string, port: number, mapped: boolean): InetEndpoint {
  if (key.includes(':')) return { address: key, port, family: 'IPv6' };
  return mapped ? { address: `::ffff:${key}`, port, family: 'IPv6' } : { address: key, port, family: 'IPv4' };
}
