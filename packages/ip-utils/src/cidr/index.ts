export type { CIDR } from './cidr';
export { cidrBounds, cidrContains, cidrOverlaps, formatCIDR, parseCIDR } from './cidr';
