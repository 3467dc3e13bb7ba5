import { BlockList as OurBlockList } from '@netstrata/ip-utils/block-list';
import { SocketAddress as OurSocketAddress } from '@netstrata/ip-utils/socket-address';
import { ipc } from '@netstrata/transport-ipc';
import { tcp } from '@netstrata/transport-tcp';
import { builtinNet, type Internals } from '../runtime/runtime.js';
import { createDefaultNet } from './net.js';

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

/** Node's net over TCP, UNIX sockets and Windows pipes. */
export const net = { ...createDefaultNet({ tcp, ipc }), BlockList, SocketAddress, ...internals() };

/** Node's internals that make native handles, which only Node can. */
function internals(): Internals {
  const { _createServerHandle, _setSimultaneousAccepts } = builtinNet ?? {};
  return { ...(_createServerHandle && { _createServerHandle }), ...(_setSimultaneousAccepts && { _setSimultaneousAccepts }) };
}

export const {
  connect, createConnection, createServer, Stream,
  getDefaultAutoSelectFamily, setDefaultAutoSelectFamily, getDefaultAutoSelectFamilyAttemptTimeout,
  setDefaultAutoSelectFamilyAttemptTimeout,
  _normalizeArgs, _createServerHandle,
} = net;
