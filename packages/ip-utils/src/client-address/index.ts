/**
 * Who has sent a request that came through proxies, and by what to count requests.
 *
 * @example
 * ```js
 * import { clientAddress, rateLimitKey } from '@netstrata/ip-utils/client-address';
 *
 * const request = { remoteAddress: '10.0.0.1', headers: { 'x-forwarded-for': '6.6.6.6, 203.0.113.9, 10.0.0.2' } };
 * console.log(clientAddress(request).address); // prints 10.0.0.1
 * console.log(clientAddress(request, { trust: '10.0.0.0/8' }).address); // prints 203.0.113.9
 * console.log(rateLimitKey('2001:db8:1:2:3:4:5:6')); // prints 2001:db8:1:2::/64
 * ```
 * @packageDocumentation
 */
export type { ClientAddress, ClientAddressOptions, ClientRequest } from './client-address.js';
export type { HeadersLike } from './header-text.js';
export type { Trust } from './trust.js';
export { clientAddress } from './client-address.js';
export { rateLimitKey, type RateLimitKeyOptions } from './rate-limit-key.js';
