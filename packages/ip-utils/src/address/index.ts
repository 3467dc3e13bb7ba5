/**
 * Addresses: parsing, canonical text (RFC 5952), bytes and numbers, reverse names, hosts of URLs, and IPv4 inside IPv6.
 *
 * @example
 * ```js
 * import { add, formatAddress, normalizeAddress, parseAddress, toURLHost } from '@netstrata/ip-utils/address';
 *
 * const address = parseAddress('2001:0DB8:0:0:0:0:0:1');
 * console.log(address.version, address.bytes.length); // prints 6 16
 * console.log(formatAddress(address)); // prints 2001:db8::1
 * console.log(normalizeAddress('::FFFF:10.0.0.1')); // prints ::ffff:10.0.0.1
 * console.log(add('10.0.0.255', 1), toURLHost('fe80::1%eth0')); // prints 10.0.1.0 [fe80::1%25eth0]
 * ```
 * @packageDocumentation
 */
export type { AddressLike, IPAddress } from './parse.js';
export type { EmbeddedIPv4, Embedding } from './embedded.js';
export type { FormatOptions } from './format.js';
export type { HostPort } from './host-text.js';
export { parseAddress, parseIPv4, parseIPv6 } from './parse.js';
export { expand, formatAddress, formatBytes, normalizeAddress } from './format.js';
export { compareBytes } from './bytes.js';
export { allEmbeddedIPv4, embeddedIPv4 } from './embedded.js';
export { add, compare, fromBigInt, toBigInt } from './number.js';
export { parseReverseName, reverseName } from './reverse-name.js';
export { parseHostPort, parseURLHost, toURLHost } from './host-text.js';
