import { embeddedIPv4, formatBytes, type AddressLike } from '../address/index.js';
import { addressBytes } from '../address/parse.js';
import { cidrBounds } from '../cidr/index.js';
import { readOption, validateInteger, validateObject } from '../errors/validate.js';

/** How much of an address `rateLimitKey` keeps. */
export interface RateLimitKeyOptions {
  /** Bits of an IPv4 address that count. Default 32. */
  readonly v4Prefix?: number | undefined;
  /** Bits of an IPv6 address that count. Default 64, since a subscriber has at least as many addresses (RFC 6177, RFC 7421). */
  readonly v6Prefix?: number | undefined;
}

function prefixOf(options: object, name: string, max: number, otherwise: number): number {
  const prefix = readOption(options, name) ?? otherwise;
  validateInteger(prefix, `options.${name}`, 0, max);
  return prefix;
}

/**
 * What to count requests by: text that is the same for all addresses that one client can take at will. For IPv4, IPv4-mapped IPv6 as well,
 * the address; for IPv6 its network, `2001:db8::/64`. With other prefixes: the address if all bits count, else the network. Without zone.
 * @returns null for what is no address: count that together
 * @throws TypeError `ERR_INVALID_ARG_TYPE`, RangeError `ERR_OUT_OF_RANGE` for a prefix
 * @example
 * ```js
 * import { rateLimitKey } from '@netstrata/ip-utils/client-address';
 *
 * console.log(rateLimitKey('::ffff:203.0.113.9'), rateLimitKey('2001:db8:1:2:3:4:5:6')); // prints 203.0.113.9 2001:db8:1:2::/64
 * ```
 */
export function rateLimitKey(address: AddressLike | null | undefined, options: RateLimitKeyOptions = {}): string | null {
  validateObject(options, 'options');
  const v4Prefix = prefixOf(options, 'v4Prefix', 32, 32);
  const v6Prefix = prefixOf(options, 'v6Prefix', 128, 64);
  const given = addressBytes(address);
  if (given === null) return null;
  const inner = embeddedIPv4(given);
  const bytes = inner?.embedding === 'mapped' ? inner.bytes : given;
  const prefix = bytes.length === 4 ? v4Prefix : v6Prefix;
  if (prefix === bytes.length * 8) return formatBytes(bytes);
  return `${formatBytes(cidrBounds({ version: bytes.length === 4 ? 4 : 6, bytes, prefix }).first)}/${prefix}`;
}
