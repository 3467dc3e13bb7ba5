export type { ClientAddress, ClientAddressOptions, ClientRequest } from './client-address.js';
export type { HeadersLike } from './header-text.js';
export type { Trust } from './trust.js';
export { clientAddress } from './client-address.js';
export { rateLimitKey, type RateLimitKeyOptions } from './rate-limit-key.js';
