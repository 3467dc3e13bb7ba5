/**
 * What an address is for, by the registries of IANA, seen through everything that can carry IPv4 in IPv6.
 *
 * @example
 * ```js
 * import { classify, isGlobal, looseIPv4, specialPurpose } from '@netstrata/ip-utils/classify';
 *
 * console.log(classify('::ffff:169.254.169.254')); // prints link-local
 * console.log(specialPurpose('100.64.0.1').source); // prints RFC 6598
 * console.log(isGlobal('64:ff9b::10.0.0.1')); // prints false
 * console.log(looseIPv4('0x7f.1')); // prints 127.0.0.1
 * ```
 * @packageDocumentation
 */
export type { EmbeddedAddress } from './classify.js';
export type { AddressClass, SpecialPurpose } from './special-purpose.js';
export { classify, embeddedAddresses, isGlobal, specialPurpose } from './classify.js';
export { looseIPv4 } from './loose-ipv4.js';
