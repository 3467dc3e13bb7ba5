export type { SocketAddressFamily, SocketAddressInit, SocketAddressJSON } from './socket-address';
export { SocketAddress } from './socket-address';
