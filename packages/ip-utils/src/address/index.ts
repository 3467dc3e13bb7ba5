export type { IPAddress } from './types.js';
export type { Embedding } from './embedded.js';
export { parseAddress, parseIPv4, parseIPv6 } from './parse.js';
export { formatAddress, formatBytes, normalizeAddress } from './format.js';
export { compareBytes } from './bytes.js';
export { embeddedIPv4 } from './embedded.js';
