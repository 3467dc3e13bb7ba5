import { BlockList as OurBlockList, SocketAddress as OurSocketAddress } from '@netstrata/ip-utils/block-list';
import { builtinNet } from '../runtime/runtime.js';

interface Classes {
  readonly BlockList: typeof OurBlockList;
  readonly SocketAddress: typeof OurSocketAddress;
}

/** Node's own where it has all that ours have: `http`, `dgram` and other threads take no others. */
const isWhole = typeof builtinNet?.BlockList?.isBlockList === 'function' && 'fromJSON' in builtinNet.BlockList.prototype;
const classes = (isWhole ? builtinNet : { BlockList: OurBlockList, SocketAddress: OurSocketAddress }) as Classes;
export const BlockList: typeof OurBlockList = classes.BlockList;
export const SocketAddress: typeof OurSocketAddress = classes.SocketAddress;
export type BlockList = OurBlockList;
export type SocketAddress = OurSocketAddress;
