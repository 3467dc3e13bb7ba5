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
  /** Makes a socket and connects it (https://nodejs.org/api/net.html#netconnect). */
  connect,
  /** Another name of `connect`. */
  createConnection,
  /** Makes a server, which does not listen yet (https://nodejs.org/api/net.html#netcreateserveroptions-connectionlistener). */
  createServer,
  /** The old name of `Socket`. */
  Stream,
  /** Whether all addresses of a name are tried where the option `autoSelectFamily` is not given. */
  getDefaultAutoSelectFamily,
  /** Sets that. */
  setDefaultAutoSelectFamily,
  /** Milliseconds that an attempt at one address has where the option `autoSelectFamilyAttemptTimeout` is not given. */
  getDefaultAutoSelectFamilyAttemptTimeout,
  /** Sets that; at least 10. */
  setDefaultAutoSelectFamilyAttemptTimeout,
  /** @hidden */
  _normalizeArgs,
  /** @hidden */
  _createServerHandle,
} = net;
