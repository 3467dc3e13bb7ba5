/**
 * `net.SocketAddress` of Node 26, on every runtime.
 *
 * @example
 * ```js
 * import { SocketAddress } from '@netstrata/ip-utils/socket-address';
 *
 * const address = SocketAddress.parse('[2001:0db8::1]:8080');
 * console.log(address.address, address.port, address.family); // prints 2001:db8::1 8080 ipv6
 * console.log(new SocketAddress({ port: 80 }).toJSON().address); // prints 127.0.0.1
 * ```
 * @packageDocumentation
 */
export type { SocketAddressFamily, SocketAddressInit, SocketAddressJSON } from './socket-address.js';
export { SocketAddress } from './socket-address.js';
