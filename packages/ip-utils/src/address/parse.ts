import { isIPv6 } from '../syntax/is-ip.js';
import { scanIPv4 } from '../syntax/ipv4.js';
import { scanIPv6 } from '../syntax/ipv6.js';
import { groupsToBytes } from './bytes.js';
import { bytesIn } from './is-bytes.js';

/** An address in its parts. */
export interface IPAddress {
  /** Of the Internet Protocol. */
  readonly version: 4 | 6;
  /** In network order: 4 bytes for IPv4, 16 for IPv6. */
  readonly bytes: Uint8Array;
  /** The zone identifier of an IPv6 address without its `%` (RFC 4007 section 11), or null. */
  readonly zone: string | null;
}

/** What functions of addresses take: text, bytes in network order (4 or 16), or an address in its parts. */
export type AddressLike = string | Uint8Array | IPAddress;

/**
 * Parses dotted-decimal IPv4, exactly what `isIPv4` accepts.
 * @returns 4 bytes, or null, also for what is no text.
 * @example
 * ```js
 * import { parseIPv4 } from '@netstrata/ip-utils/address';
 *
 * console.log(parseIPv4('10.0.0.1')); // prints Uint8Array(4) [ 10, 0, 0, 1 ]
 * console.log(parseIPv4('::1')); // prints null
 * ```
 */
export function parseIPv4(text: string | null | undefined): Uint8Array | null {
  return typeof text === 'string' && scanIPv4(text, 0, 6) === text.length ? groupsToBytes(6) : null;
}

/**
 * Parses IPv6 with an optional zone, exactly what `isIPv6` accepts. An IPv4 tail is accepted, `::ffff:1.2.3.4` stays 16 bytes.
 * @returns the address with its zone kept apart, or null, also for what is no text.
 * @example
 * ```js
 * import { parseIPv6 } from '@netstrata/ip-utils/address';
 *
 * console.log(parseIPv6('::ffff:10.0.0.1').bytes.length); // prints 16
 * console.log(parseIPv6('10.0.0.1')); // prints null
 * ```
 */
export function parseIPv6(text: string | null | undefined): IPAddress | null {
  if (typeof text !== 'string') return null;
  const end = scanIPv6(text);
  if (end < 0) return null;
  if (end === text.length) return { version: 6, bytes: groupsToBytes(0), zone: null };
  // The zone's alphabet is judged where it is defined.
  if (!isIPv6(text)) return null;
  return { version: 6, bytes: groupsToBytes(0), zone: text.slice(end + 1) };
}

/**
 * Parses an address of either version, exactly what `isIP` accepts.
 * @returns the address, or null, also for what is no text. Never throws.
 * @example
 * ```js
 * import { parseAddress } from '@netstrata/ip-utils/address';
 *
 * const address = parseAddress('fe80::1%eth0');
 * console.log(address.version, address.zone); // prints 6 eth0
 * console.log(parseAddress('10.0.0.256')); // prints null
 * ```
 */
export function parseAddress(text: string | null | undefined): IPAddress | null {
  const bytes = parseIPv4(text);
  return bytes === null ? parseIPv6(text) : { version: 4, bytes, zone: null };
}

/** The 4 or 16 bytes of an address in whatever form, or null for what is none. */
export function addressBytes(address: AddressLike | null | undefined): Uint8Array | null {
  if (typeof address === 'string') return parseAddress(address)?.bytes ?? null;
  const bytes = bytesIn(address);
  return bytes?.length === 4 || bytes?.length === 16 ? bytes : null;
}
