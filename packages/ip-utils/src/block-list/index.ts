/**
 * `net.BlockList` and `net.SocketAddress` of Node 26, on every runtime.
 *
 * @example
 * ```js
 * import { BlockList } from '@netstrata/ip-utils/block-list';
 *
 * const list = new BlockList();
 * list.addCIDRs(BlockList.PRIVATE_RANGES);
 * console.log(list.check('10.1.2.3'), list.check('8.8.8.8')); // prints true false
 * console.log(list.check('::ffff:10.1.2.3', 'ipv6')); // prints true
 * ```
 * @packageDocumentation
 */
export type { BlockListOptions } from './block-list.js';
export { BlockList } from './block-list.js';
export { SocketAddress } from '../socket-address/socket-address.js';
