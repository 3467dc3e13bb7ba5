export type { BlockListOptions } from './block-list.js';
export { BlockList } from './block-list.js';
export { SocketAddress } from '../socket-address/socket-address.js';
