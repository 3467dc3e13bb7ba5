export type { SocketAddressFamily, SocketAddressInit, SocketAddressJSON } from './socket-address.js';
export { SocketAddress } from './socket-address.js';
