export type { IPAddress } from './types';
export type { Embedding } from './embedded';
export { parseAddress, parseIPv4, parseIPv6 } from './parse';
export { formatAddress, formatBytes, normalizeAddress } from './format';
export { compareBytes } from './bytes';
export { embeddedIPv4 } from './embedded';
