import { bytesToNumber } from '../address/number.js';
import { addressBytes } from '../address/parse.js';
import type { AddressLike } from '../address/index.js';
import { validateInteger } from '../errors/validate.js';
import { toCIDR, type CIDR } from './cidr.js';
import { bitsOf, intervalOf } from './interval.js';
import { addressesAs, type AddressIn, type ResultForm, type ResultOptions } from './result.js';

// All that take a network throw TypeError `ERR_INVALID_ARG_VALUE` for text that is none, `ERR_INVALID_ARG_TYPE` for what is neither text
// nor a CIDR.

/**
 * The directed broadcast address of an IPv4 network: its last one. Null for /31, which has none (RFC 3021 section 2.1), for /32, and for
 * IPv6, which has no broadcast.
 * @example
 * ```js
 * import { broadcast } from '@netstrata/ip-utils/cidr';
 *
 * console.log(broadcast('10.0.0.0/24'), broadcast('10.0.0.0/31')); // prints 10.0.0.255 null
 * ```
 */
export function broadcast<Form extends ResultForm = 'text'>(
  cidr: CIDR | string, options: ResultOptions<Form> | undefined,
): AddressIn<Form> | null;
export function broadcast(cidr: CIDR | string): string | null;
export function broadcast<Form extends ResultForm>(cidr: CIDR | string, options?: ResultOptions<Form>): AddressIn<Form> | null {
  const network = toCIDR(cidr);
  const { version, last } = intervalOf(network);
  const form = addressesAs(options);
  return version === 4 && network.prefix < 31 ? form(version, last) : null;
}

/**
 * The first address that a host may have. Of an IPv4 network the one after the network's own, of /31 and /32 the first (RFC 3021). Of an
 * IPv6 network the one after the Subnet-Router anycast address (RFC 4291 section 2.6.1), of /127 (RFC 6164) and /128 the first.
 * @example
 * ```js
 * import { firstHost } from '@netstrata/ip-utils/cidr';
 *
 * console.log(firstHost('10.0.0.0/24'), firstHost('10.0.0.0/31')); // prints 10.0.0.1 10.0.0.0
 * ```
 */
export function firstHost<Form extends ResultForm = 'text'>(cidr: CIDR | string, options: ResultOptions<Form> | undefined): AddressIn<Form>;
export function firstHost(cidr: CIDR | string): string;
export function firstHost<Form extends ResultForm>(cidr: CIDR | string, options?: ResultOptions<Form>): AddressIn<Form> {
  const { prefix, version, first } = bounds(cidr);
  return addressesAs(options)(version, prefix < bitsOf(version) - 1 ? first + 1n : first);
}

/**
 * The last address that a host may have: before the broadcast address, where there is one, else the last.
 * @example
 * ```js
 * import { lastHost } from '@netstrata/ip-utils/cidr';
 *
 * console.log(lastHost('10.0.0.0/24'), lastHost('10.0.0.0/31')); // prints 10.0.0.254 10.0.0.1
 * ```
 */
export function lastHost<Form extends ResultForm = 'text'>(cidr: CIDR | string, options: ResultOptions<Form> | undefined): AddressIn<Form>;
export function lastHost(cidr: CIDR | string): string;
export function lastHost<Form extends ResultForm>(cidr: CIDR | string, options?: ResultOptions<Form>): AddressIn<Form> {
  const { prefix, version, last } = bounds(cidr);
  return addressesAs(options)(version, version === 4 && prefix < 31 ? last - 1n : last);
}

function bounds(cidr: CIDR | string): { prefix: number; version: 4 | 6; first: bigint; last: bigint } {
  const network = toCIDR(cidr);
  return { prefix: network.prefix, ...intervalOf(network) };
}

/**
 * The mask of a network, or of an IPv4 prefix length: `255.255.255.0` of `10.0.0.0/24` and of 24.
 * @throws RangeError `ERR_OUT_OF_RANGE` for a number that is not 0 to 32
 * @example
 * ```js
 * import { netmask } from '@netstrata/ip-utils/cidr';
 *
 * console.log(netmask('10.0.0.0/20'), netmask(24)); // prints 255.255.240.0 255.255.255.0
 * ```
 */
export function netmask<Form extends ResultForm = 'text'>(
  of: CIDR | string | number, options: ResultOptions<Form> | undefined,
): AddressIn<Form>;
export function netmask(of: CIDR | string | number): string;
export function netmask<Form extends ResultForm>(of: CIDR | string | number, options?: ResultOptions<Form>): AddressIn<Form> {
  const { version, wild, all } = masks(of);
  return addressesAs(options)(version, all - wild);
}

/**
 * The inverse of the mask, as routers' access lists have it: `0.0.0.255` of `10.0.0.0/24` and of 24. Throws as `netmask`.
 * @example
 * ```js
 * import { wildcard } from '@netstrata/ip-utils/cidr';
 *
 * console.log(wildcard('10.0.0.0/20'), wildcard(24)); // prints 0.0.15.255 0.0.0.255
 * ```
 */
export function wildcard<Form extends ResultForm = 'text'>(
  of: CIDR | string | number, options: ResultOptions<Form> | undefined,
): AddressIn<Form>;
export function wildcard(of: CIDR | string | number): string;
export function wildcard<Form extends ResultForm>(of: CIDR | string | number, options?: ResultOptions<Form>): AddressIn<Form> {
  const { version, wild } = masks(of);
  return addressesAs(options)(version, wild);
}

function masks(of: CIDR | string | number): { version: 4 | 6; wild: bigint; all: bigint } {
  if (typeof of === 'number') validateInteger(of, 'prefix', 0, 32);
  const { version, prefix } = typeof of === 'number' ? { version: 4 as const, prefix: of } : bounds(of);
  const all = (1n << BigInt(bitsOf(version))) - 1n;
  return { version, wild: all >> BigInt(prefix), all };
}

/**
 * The prefix length of a mask: 24 of `255.255.255.0`. Null for what is no mask: its ones must come first.
 * @example
 * ```js
 * import { netmaskToPrefix } from '@netstrata/ip-utils/cidr';
 *
 * console.log(netmaskToPrefix('255.255.255.0'), netmaskToPrefix('255.0.255.0')); // prints 24 null
 * ```
 */
export function netmaskToPrefix(mask: AddressLike): number | null {
  return prefixOf(mask, true);
}

/**
 * The prefix length of an inverse mask: 24 of `0.0.0.255`. Null for what is none: its zeros must come first.
 * @example
 * ```js
 * import { wildcardToPrefix } from '@netstrata/ip-utils/cidr';
 *
 * console.log(wildcardToPrefix('0.0.0.255'), wildcardToPrefix('255.255.255.0')); // prints 24 null
 * ```
 */
export function wildcardToPrefix(mask: AddressLike): number | null {
  return prefixOf(mask, false);
}

function prefixOf(mask: AddressLike, inverse: boolean): number | null {
  const bytes = addressBytes(mask);
  if (bytes === null) return null;
  const bits = bytes.length * 8;
  const value = bytesToNumber(bytes);
  const wild = inverse ? (1n << BigInt(bits)) - 1n - value : value;
  if ((wild & (wild + 1n)) !== 0n) return null;
  return bits - (wild === 0n ? 0 : wild.toString(2).length);
}
