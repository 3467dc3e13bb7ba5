import { ipc } from '@netstrata/transport-ipc';
import { tcp } from '@netstrata/transport-tcp';
import { builtinNet, type Internals } from '../runtime/runtime.js';
import { BlockList, SocketAddress } from './address-classes.js';
import { createDefaultNet, type Net } from './net.js';

/** What belongs to the runtime: its transports, loaded when they are used, and on Node its classes and its internals that make native handles. */
const transports = {
  get tcp() { return tcp; },
  get ipc() { return ipc; },
};

const { _createServerHandle, _setSimultaneousAccepts } = builtinNet ?? {};
const classes = {
  get BlockList() { return BlockList; },
  get SocketAddress() { return SocketAddress; },
  ...(_createServerHandle && { _createServerHandle }),
  ...(_setSimultaneousAccepts && { _setSimultaneousAccepts }),
};

/** Node's net over TCP, UNIX sockets and Windows pipes. */
export const net = Object.defineProperties(createDefaultNet(transports), Object.getOwnPropertyDescriptors(classes)) as Net & Internals;

export const {
  connect, createConnection, createServer, Stream,
  getDefaultAutoSelectFamily, setDefaultAutoSelectFamily, getDefaultAutoSelectFamilyAttemptTimeout,
  setDefaultAutoSelectFamilyAttemptTimeout,
  _normalizeArgs,
} = net;
export { _createServerHandle };
