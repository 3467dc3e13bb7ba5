import { ipc } from '@netstrata/transport-ipc';
import { tcp } from '@netstrata/transport-tcp';
import { builtinNet, type Internals } from '../runtime/runtime.js';
import { BlockList, SocketAddress } from './address-classes.js';
import { createDefaultNet, replace, type Net } from './net.js';

const transports = {
  get tcp() { return tcp; },
  get ipc() { return ipc; },
};

const { _createServerHandle: createHandle, _setSimultaneousAccepts: setAccepts } = builtinNet ?? {};
/** On Node its own classes, and its internals that make native handles. */
const builtin = {
  get BlockList() { return BlockList; },
  set BlockList(value) { replace(this, 'BlockList', value); },
  get SocketAddress() { return SocketAddress; },
  set SocketAddress(value) { replace(this, 'SocketAddress', value); },
  ...(createHandle && { _createServerHandle: createHandle }),
  ...(setAccepts && { _setSimultaneousAccepts: setAccepts }),
};

/** Node's net over TCP, UNIX sockets and Windows pipes. */
export const net = Object.defineProperties(createDefaultNet(transports), Object.getOwnPropertyDescriptors(builtin)) as Net & Internals;

export const {
  connect, createConnection, createServer, Stream,
  getDefaultAutoSelectFamily, setDefaultAutoSelectFamily, getDefaultAutoSelectFamilyAttemptTimeout,
  setDefaultAutoSelectFamilyAttemptTimeout,
  _normalizeArgs, _createServerHandle,
} = net;
