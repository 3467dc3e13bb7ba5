import { orderOf } from '../address/bytes.js';
import { formatBytes, parseAddress, type AddressLike, type IPAddress } from '../address/index.js';
import { bytesIn } from '../address/is-bytes.js';
import { addressBytes } from '../address/parse.js';
import { invalidArgType, invalidArgValue } from '../errors/errors.js';
import { readOption } from '../errors/validate.js';

/** A network: the addresses of one version that share the first `prefix` bits. */
export interface CIDR {
  /** Of the Internet Protocol. */
  readonly version: 4 | 6;
  /** The lowest address, 4 or 16 bytes: bits after the prefix are zero. */
  readonly bytes: Uint8Array;
  /** 0 to 32, or 0 to 128. */
  readonly prefix: number;
}

/** An address and the network that it is in: what the configuration of a network interface holds. */
export interface Interface {
  /** As it was written, host bits included; without a zone. */
  readonly address: IPAddress;
  /** The network of its prefix length. */
  readonly network: CIDR;
}

/** The two ends of a network, each 4 or 16 bytes in network order. */
export interface Bounds {
  /** The lowest address. */
  readonly first: Uint8Array;
  /** The highest address. */
  readonly last: Uint8Array;
}

/** An IPv6 address with an IPv4 tail, a slash and three digits. */
const LONGEST = 49;

/** A decimal number of at most three digits without leading zeros, or -1. */
function parsePrefix(text: string): number {
  if (text.length === 0 || text.length > 3 || (text.length > 1 && text.startsWith('0'))) return -1;
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** `bytes` with every bit after the first `prefix` set to `bit`. */
function fillHost(bytes: Uint8Array, prefix: number, bit: 0 | 1): Uint8Array {
  const filled = bytes.slice();
  for (let i = prefix >> 3; i < filled.length; i++) {
    const hostBits = i === prefix >> 3 ? 0xff >> (prefix & 7) : 0xff;
    filled[i] = bit === 1 ? filled[i] | hostBits : filled[i] & ~hostBits;
  }
  return filled;
}

/** How `parseCIDR` reads. */
export interface ParseCIDROptions {
  /** Refuse host bits: `8.3.4.8/24` is no network, `8.3.4.0/24` is. Default false. */
  readonly strict?: boolean | undefined;
}

/**
 * Parses `address/prefix` (RFC 4632 section 3.1, RFC 4291 section 2.3). Host bits may be set and are cleared: `10.1.2.3/8` is `10.0.0.0/8`;
 * `strict` refuses them, `parseInterface` keeps the address. No zone, no netmask, no abbreviation such as `10/8`.
 * @returns the network, or null, also for what is no text (`whyNotCIDR` tells why)
 * @throws TypeError `ERR_INVALID_ARG_TYPE` if `strict` is no boolean
 * @example
 * ```js
 * import { parseCIDR } from '@netstrata/ip-utils/cidr';
 *
 * console.log(parseCIDR('10.1.2.3/8').prefix); // prints 8
 * console.log(parseCIDR('10.1.2.3/8', { strict: true }), parseCIDR('10/8')); // prints null null
 * ```
 */
export function parseCIDR(text: string, options: ParseCIDROptions | undefined): CIDR | null;
export function parseCIDR(text: string): CIDR | null;
export function parseCIDR(text: string, options?: ParseCIDROptions): CIDR | null {
  const strict = isStrict(options);
  const both = parseInterface(text);
  if (both === null || (strict && orderOf(both.address.bytes, both.network.bytes) !== 0)) return null;
  return both.network;
}

/** What is no object is no options: `list.map(parseCIDR)` passes an index. */
function isStrict(options: unknown): boolean {
  const strict = typeof options === 'object' && options !== null ? readOption(options, 'strict') : undefined;
  if (strict !== undefined && typeof strict !== 'boolean') throw invalidArgType('options.strict', 'of type boolean', strict);
  return strict ?? false;
}

/**
 * Parses `address/prefix` as an interface has it: the address as it was written, and the network that it is in.
 * @returns null for what `parseCIDR` does not take
 * @example
 * ```js
 * import { formatAddress } from '@netstrata/ip-utils/address';
 * import { formatCIDR, parseInterface } from '@netstrata/ip-utils/cidr';
 *
 * const { address, network } = parseInterface('8.3.4.8/24');
 * console.log(formatAddress(address), formatCIDR(network)); // prints 8.3.4.8 8.3.4.0/24
 * ```
 */
export function parseInterface(text: string): Interface | null {
  const slash = typeof text !== 'string' || text.length > LONGEST ? -1 : text.indexOf('/');
  if (slash < 0) return null;
  const address = parseAddress(text.slice(0, slash));
  if (address === null || address.zone !== null) return null;
  const prefix = parsePrefix(text.slice(slash + 1));
  if (prefix < 0 || prefix > address.bytes.length * 8) return null;
  return { address, network: { version: address.version, bytes: fillHost(address.bytes, prefix, 0), prefix } };
}

/**
 * The canonical spelling of a network, `10.0.0.0/8`.
 * @throws TypeError `ERR_INVALID_ARG_TYPE` for what is no CIDR.
 * @example
 * ```js
 * import { formatCIDR, parseCIDR } from '@netstrata/ip-utils/cidr';
 *
 * console.log(formatCIDR(parseCIDR('2001:DB8:0::1/32'))); // prints 2001:db8::/32
 * ```
 */
export function formatCIDR(cidr: CIDR): string {
  const { bytes, prefix } = checked(cidr);
  return `${formatBytes(bytes)}/${prefix}`;
}

/**
 * The lowest and the highest address of a network, as bytes.
 * @throws TypeError `ERR_INVALID_ARG_VALUE` for text that is no network, `ERR_INVALID_ARG_TYPE` for what is neither text nor a CIDR.
 * @example
 * ```js
 * import { formatBytes } from '@netstrata/ip-utils/address';
 * import { cidrBounds } from '@netstrata/ip-utils/cidr';
 *
 * const { first, last } = cidrBounds('10.0.0.0/8');
 * console.log(formatBytes(first), formatBytes(last)); // prints 10.0.0.0 10.255.255.255
 * ```
 */
export function cidrBounds(cidr: CIDR | string): Bounds {
  const { bytes, prefix } = toCIDR(cidr);
  return { first: fillHost(bytes, prefix, 0), last: fillHost(bytes, prefix, 1) };
}

/**
 * Whether an address lies in a network. Versions are kept apart: `::ffff:10.0.0.1` is not in `10.0.0.0/8` (see `embeddedIPv4`). What
 * is no address, such as the undefined `remoteAddress` of a closed socket, is in no network; the zone does not count.
 * @throws TypeError `ERR_INVALID_ARG_VALUE` for text that is no network, `ERR_INVALID_ARG_TYPE` for what is neither text nor a CIDR.
 * @example
 * ```js
 * import { cidrContains } from '@netstrata/ip-utils/cidr';
 *
 * console.log(cidrContains('10.0.0.0/8', '10.1.2.3'), cidrContains('10.0.0.0/8', undefined)); // prints true false
 * ```
 */
export function cidrContains(cidr: CIDR | string, address: AddressLike | null | undefined): boolean {
  // Flat, so that an engine can put all of it in line: what is parsed is compared in less time than two calls take.
  const network = typeof cidr === 'string' ? toCIDR(cidr) : cidr;
  const first = bytesIn(network);
  if (first === null || !isPrefix(network.prefix, first.length * 8)) throw noCIDR('cidr', network);
  const bytes = typeof address === 'string' ? addressBytes(address) : bytesIn(address);
  return bytes !== null && samePrefix(first, bytes, network.prefix);
}

/**
 * Whether two networks have an address in common, which is so when one holds the other.
 * @throws TypeError `ERR_INVALID_ARG_VALUE` for text that is no network, `ERR_INVALID_ARG_TYPE` for what is neither text nor a CIDR.
 * @example
 * ```js
 * import { cidrOverlaps } from '@netstrata/ip-utils/cidr';
 *
 * console.log(cidrOverlaps('10.0.0.0/8', '10.1.0.0/16'), cidrOverlaps('10.0.0.0/8', '11.0.0.0/8')); // prints true false
 * ```
 */
export function cidrOverlaps(a: CIDR | string, b: CIDR | string): boolean {
  const left = toCIDR(a);
  const right = toCIDR(b);
  return samePrefix(left.bytes, right.bytes, Math.min(left.prefix, right.prefix));
}

/** Whether the first `prefix` bits are the same; never of two versions. */
export function samePrefix(a: Uint8Array, b: Uint8Array, prefix: number): boolean {
  if (a.length !== b.length) return false;
  const whole = prefix >> 3;
  for (let i = 0; i < whole; i++) if (a[i] !== b[i]) return false;
  return whole === a.length || ((a[whole] ^ b[whole]) & ~(0xff >> (prefix & 7))) === 0;
}

/** @throws TypeError as the functions above, under the parameter's name */
export function toCIDR(cidr: CIDR | string, name = 'cidr'): CIDR {
  if (typeof cidr !== 'string') return checked(cidr, name);
  const parsed = parseCIDR(cidr);
  if (parsed === null) throw invalidArgValue(name, cidr, 'must be an address and a prefix length (e.g. "10.0.0.0/8")');
  return parsed;
}

function checked(cidr: CIDR, name = 'cidr'): CIDR {
  if (!isCIDR(cidr)) throw noCIDR(name, cidr);
  return cidr;
}

function noCIDR(name: string, value: unknown): Error {
  return invalidArgType(name, 'a CIDR, or the text of one', value);
}

export function isCIDR(value: unknown): value is CIDR {
  const bytes = bytesIn(value);
  if (bytes?.length !== 4 && bytes?.length !== 16) return false;
  const max = bytes.length * 8;
  // Addresses have none, which is seen first. A polluted Object.prototype may give them one.
  return isPrefix((value as Partial<CIDR>).prefix, max) && isPrefix(readOption(value as object, 'prefix'), max);
}

function isPrefix(value: unknown, max: number): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= max;
}
