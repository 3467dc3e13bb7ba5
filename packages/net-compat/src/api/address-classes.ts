import { BlockList as OurBlockList, SocketAddress as OurSocketAddress } from '@netstrata/ip-utils/block-list';
import { builtinNet } from '../runtime/runtime.js';

interface Classes {
  readonly BlockList: typeof OurBlockList;
  readonly SocketAddress: typeof OurSocketAddress;
}

/** Node's own where it has all that ours have: `http`, `dgram` and other threads take no others. */
const isWhole = typeof builtinNet?.BlockList?.isBlockList === 'function' && 'fromJSON' in builtinNet.BlockList.prototype;
const classes = (isWhole ? builtinNet : { BlockList: OurBlockList, SocketAddress: OurSocketAddress }) as Classes;
/** The builtin's `net.BlockList` where it has everything that the class of ip-utils has, else that: `dgram` and threads take no others. */
export const BlockList: typeof OurBlockList = classes.BlockList;
/** The builtin's `net.SocketAddress`, or that of ip-utils, as with `BlockList`. */
export const SocketAddress: typeof OurSocketAddress = classes.SocketAddress;
/** An instance of `BlockList`. */
export type BlockList = OurBlockList;
/** An instance of `SocketAddress`. */
export type SocketAddress = OurSocketAddress;
