import { orderOf, wrong } from './bytes.js';
import { formatAddress, formatBytes } from './format.js';
import { addressBytes, parseAddress, type AddressLike, type IPAddress } from './parse.js';

/** Bytes in network order as one number. */
export function bytesToNumber(bytes: Uint8Array): bigint {
  let value = 0n;
  for (let i = 0; i < bytes.length; i += 4) {
    value = (value << 32n) | BigInt(((bytes[i] << 24) | (bytes[i + 1] << 16) | (bytes[i + 2] << 8) | bytes[i + 3]) >>> 0);
  }
  return value;
}

/** A number as 4 or 16 bytes, which hold it. */
export function numberToBytes(value: bigint, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = length; i > 0; value >>= 32n) {
    for (let word = Number(BigInt.asUintN(32, value)), end = i - 4; i > end; word >>>= 8) bytes[--i] = word;
  }
  return bytes;
}

/**
 * An address as a number of 32 or 128 bits, or null for what is no address.
 * @example
 * ```js
 * import { toBigInt } from '@netstrata/ip-utils/address';
 *
 * console.log(toBigInt('10.0.0.1')); // prints 167772161n
 * ```
 */
export function toBigInt(address: AddressLike | null | undefined): bigint | null {
  const bytes = addressBytes(address);
  return bytes === null ? null : bytesToNumber(bytes);
}

/**
 * The address of a number, as canonical text, or null if the version has none of it.
 * @throws TypeError `ERR_INVALID_ARG_TYPE` for what is no bigint, `ERR_INVALID_ARG_VALUE` for another version than 4 and 6
 * @example
 * ```js
 * import { fromBigInt } from '@netstrata/ip-utils/address';
 *
 * console.log(fromBigInt(1n, 6), fromBigInt(1n, 4), fromBigInt(-1n, 4)); // prints ::1 0.0.0.1 null
 * ```
 */
export function fromBigInt(value: bigint, version: 4 | 6): string | null {
  if (typeof value !== 'bigint') throw wrong('ERR_INVALID_ARG_TYPE', 'value', 'of type bigint');
  if (version !== 4 && version !== 6) throw wrong('ERR_INVALID_ARG_VALUE', 'version', '4 or 6');
  const length = version === 4 ? 4 : 16;
  return fits(value, length) ? formatBytes(numberToBytes(value, length)) : null;
}

function fits(value: bigint, length: number): boolean {
  return value >= 0n && value >> BigInt(length * 8) === 0n;
}

/**
 * The address `n` after another, or before it if `n` is negative, as canonical text with the zone of the first.
 * @returns null for what is no address, and where the addresses of the version end: none is wrapped around
 * @throws TypeError `ERR_INVALID_ARG_TYPE` if `n` is neither a bigint nor a safe integer
 * @example
 * ```js
 * import { add } from '@netstrata/ip-utils/address';
 *
 * console.log(add('10.0.0.255', 1), add('10.0.0.0', -1), add('255.255.255.255', 1)); // prints 10.0.1.0 9.255.255.255 null
 * ```
 */
export function add(address: AddressLike | null | undefined, n: bigint | number): string | null {
  if (typeof n !== 'bigint' && !Number.isSafeInteger(n)) throw wrong('ERR_INVALID_ARG_TYPE', 'n', 'a bigint or a safe integer');
  const parsed = typeof address === 'string' ? parseAddress(address) : address;
  const bytes = addressBytes(parsed);
  if (bytes === null) return null;
  const value = bytesToNumber(bytes) + BigInt(n);
  if (!fits(value, bytes.length)) return null;
  return formatAddress({ ...(parsed as IPAddress), bytes: numberToBytes(value, bytes.length) });
}

/**
 * Orders two addresses, for `sort`: by their numbers, not by their spellings; IPv4 before IPv6, IPv4-mapped addresses among the latter.
 * Zones do not count.
 * @returns below zero, zero or above zero
 * @throws TypeError `ERR_INVALID_ARG_VALUE` for what is no address
 * @example
 * ```js
 * import { compare } from '@netstrata/ip-utils/address';
 *
 * console.log(['10.0.0.10', '::1', '10.0.0.2'].sort(compare)); // prints [ '10.0.0.2', '10.0.0.10', '::1' ]
 * ```
 */
export function compare(a: AddressLike, b: AddressLike): number {
  const left = addressBytes(a);
  if (left === null) throw wrong('ERR_INVALID_ARG_VALUE', 'a', 'an IP address');
  const right = addressBytes(b);
  if (right === null) throw wrong('ERR_INVALID_ARG_VALUE', 'b', 'an IP address');
  return orderOf(left, right);
}
