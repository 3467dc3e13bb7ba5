import { ipc } from '@netstrata/transport-ipc';
import { tcp } from '@netstrata/transport-tcp';
import { builtinNet, type Internals } from '../runtime/runtime.js';
import { BlockList, SocketAddress } from './address-classes.js';
import { createDefaultNet } from './net.js';

const transports = {
  get tcp() { return tcp; },
  get ipc() { return ipc; },
};

const classes = {
  get BlockList() { return BlockList; },
  get SocketAddress() { return SocketAddress; },
};

/** Node's internals that make native handles, which only Node can. */
function internals(): Internals {
  const { _createServerHandle: createHandle, _setSimultaneousAccepts: setAccepts } = builtinNet ?? {};
  return { ...(createHandle && { _createServerHandle: createHandle }), ...(setAccepts && { _setSimultaneousAccepts: setAccepts }) };
}

/** Node's net over TCP, UNIX sockets and Windows pipes. */
export const net = Object.assign(createDefaultNet(transports, classes), internals());

export const {
  connect, createConnection, createServer, Stream,
  getDefaultAutoSelectFamily, setDefaultAutoSelectFamily, getDefaultAutoSelectFamilyAttemptTimeout,
  setDefaultAutoSelectFamilyAttemptTimeout,
  _normalizeArgs, _createServerHandle,
} = net;
