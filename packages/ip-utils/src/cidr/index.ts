export type { CIDR } from './cidr.js';
export { cidrBounds, cidrContains, cidrOverlaps, formatCIDR, parseCIDR } from './cidr.js';
export { whyNotCIDR } from './why-not.js';
