/**
 * Networks: parsing, and the algebra of sets of addresses. Functions that give networks or addresses give canonical text; with
 * `{ as: 'parsed' }` they give values.
 *
 * @example
 * ```js
 * import { contains, exclude, merge, parseCIDR, rangeToCidrs } from '@netstrata/ip-utils/cidr';
 *
 * console.log(parseCIDR('10.1.2.3/8').prefix); // prints 8
 * console.log(contains('10.0.0.0/8', '10.1.2.3')); // prints true
 * console.log(merge(['10.0.0.0/24', '10.0.1.0/24'])); // prints [ '10.0.0.0/23' ]
 * console.log(exclude('10.0.0.0/8', '10.64.0.0/10')); // prints [ '10.0.0.0/10', '10.128.0.0/9' ]
 * console.log(rangeToCidrs('10.0.0.1', '10.0.0.4')); // prints [ '10.0.0.1/32', '10.0.0.2/31', '10.0.0.4/32' ]
 * ```
 * @packageDocumentation
 */
export type { Bounds, CIDR, Interface, ParseCIDROptions } from './cidr.js';
export type { CIDRs } from './algebra.js';
export type { AddressIn, NetworkIn, ResultForm, ResultOptions } from './result.js';
export { cidrBounds, cidrContains, cidrOverlaps, formatCIDR, parseCIDR, parseInterface } from './cidr.js';
export { contains, exclude, intersect, merge, overlaps, rangeToCidrs } from './algebra.js';
export { addresses, next, previous, size, split } from './steps.js';
export { broadcast, firstHost, lastHost, netmask, netmaskToPrefix, wildcard, wildcardToPrefix } from './hosts.js';
export { whyNotCIDR } from './why-not.js';
