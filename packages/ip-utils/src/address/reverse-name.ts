import { formatBytes } from './format.js';
import { addressBytes, parseIPv4, type AddressLike } from './parse.js';

/** 32 digits, each with a dot, then `ip6.arpa.`. */
const LONGEST = 73;

/**
 * The name that a reverse lookup asks for: `4.3.2.1.in-addr.arpa` (RFC 1035 section 3.5), the 32 hexadecimal digits of an IPv6 address in
 * `ip6.arpa` (RFC 3596 section 2.5). The zone does not count.
 * @returns null for what is no address
 * @example
 * ```js
 * import { reverseName } from '@netstrata/ip-utils/address';
 *
 * console.log(reverseName('10.2.0.52')); // prints 52.0.2.10.in-addr.arpa
 * ```
 */
export function reverseName(address: AddressLike | null | undefined): string | null {
  const bytes = addressBytes(address);
  if (bytes === null) return null;
  const reversed = Array.from(bytes).reverse();
  if (bytes.length === 4) return `${reversed.join('.')}.in-addr.arpa`;
  return `${reversed.map((byte) => `${(byte & 15).toString(16)}.${(byte >> 4).toString(16)}`).join('.')}.ip6.arpa`;
}

/**
 * The address that such a name stands for, as canonical text: in any case, with a final dot or without, no label missing.
 * @returns null for every other name, and for what is no text
 * @example
 * ```js
 * import { parseReverseName } from '@netstrata/ip-utils/address';
 *
 * console.log(parseReverseName('52.0.2.10.in-addr.arpa.'), parseReverseName('example.org')); // prints 10.2.0.52 null
 * ```
 */
export function parseReverseName(name: string | null | undefined): string | null {
  if (typeof name !== 'string' || name.length > LONGEST) return null;
  const lower = name.toLowerCase();
  const ipv4 = /^([\d.]+)\.in-addr\.arpa\.?$/.exec(lower);
  if (ipv4 !== null) {
    const bytes = parseIPv4(ipv4[1]);
    return bytes === null ? null : formatBytes(bytes.reverse());
  }
  const ipv6 = /^((?:[\da-f]\.){32})ip6\.arpa\.?$/.exec(lower);
  if (ipv6 === null) return null;
  const digits = ipv6[1].replaceAll('.', '');
  return formatBytes(Uint8Array.from({ length: 16 }, (_, i) => Number.parseInt(digits[31 - i * 2] + digits[30 - i * 2], 16)));
}
