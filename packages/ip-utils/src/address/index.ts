export type { AddressLike, IPAddress } from './types.js';
export type { EmbeddedIPv4, Embedding } from './embedded.js';
export { parseAddress, parseIPv4, parseIPv6 } from './parse.js';
export { formatAddress, formatBytes, normalizeAddress } from './format.js';
export { compareBytes } from './bytes.js';
export { allEmbeddedIPv4, embeddedIPv4 } from './embedded.js';
