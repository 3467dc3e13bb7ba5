export type { CIDR, ParseCIDROptions } from './cidr.js';
export type { CIDRs } from './algebra.js';
export type { AddressIn, NetworkIn, ResultForm, ResultOptions } from './result.js';
export { cidrBounds, cidrContains, cidrOverlaps, formatCIDR, parseCIDR, parseInterface } from './cidr.js';
export { contains, exclude, intersect, merge, overlaps, rangeToCidrs } from './algebra.js';
export { addresses, next, previous, size, split } from './steps.js';
export { broadcast, firstHost, lastHost, netmask, netmaskToPrefix, wildcard, wildcardToPrefix } from './hosts.js';
export { whyNotCIDR } from './why-not.js';
