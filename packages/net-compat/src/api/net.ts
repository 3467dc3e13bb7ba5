import { isIP, isIPv4, isIPv6 } from '../args/is-ip.js';
import { BlockList, SocketAddress } from '@netstrata/ip-utils/block-list';
import { bare, optionOf } from '@netstrata/stream-core';
import { BoundSocket, deriveBoundSocket } from '../shared/bound-socket.js';
import { createContext, defaultContext, type NetContext, type NetOptions } from '../shared/context.js';
import { normalizeArgs } from '../args/normalize-args.js';
import { promised, type NetPromises } from './promised.js';
import type { ServerOptions } from '../server/server-options.js';
import { deriveServer, Server, type ConnectionListener, type ServerConstructor } from '../server/server.js';
import { deriveSocket, Socket, type SocketConstructor } from '../socket/socket.js';
import type { ConnectOptions } from '../socket/socket-options.js';
import { checkBoolean, checkInt32 } from '../args/validate.js';

/** Makes a socket and connects it (https://nodejs.org/api/net.html#netconnect). */
export interface Connect {
  /** To what the options say. */
  (options: ConnectOptions, listener?: () => void): Socket;
  /** To a port of a host, `localhost` by default. */
  (port: number | string, host?: string, listener?: () => void): Socket;
  (port: number | string, listener?: () => void): Socket;
  /** To a path. */
  (path: string, listener?: () => void): Socket;
}

/** Makes a server, which does not listen yet (https://nodejs.org/api/net.html#netcreateserveroptions-connectionlistener). */
export interface CreateServer {
  /** With options. */
  (options?: ServerOptions | null, listener?: ConnectionListener): Server;
  /** Without options. */
  (listener?: ConnectionListener): Server;
}

/** Everything that `require('node:net')` gives, but for Node's internals that make native handles, over one set of transports. */
export interface Net {
  /** The class of its sockets. */
  readonly Socket: SocketConstructor;
  /** The old name of `Socket`. */
  readonly Stream: SocketConstructor;
  /** The class of its servers. */
  readonly Server: ServerConstructor;
  /** The class of sockets that are bound only. */
  readonly BoundSocket: typeof BoundSocket;
  /** As the export of that name. */
  readonly BlockList: typeof BlockList;
  /** As the export of that name. */
  readonly SocketAddress: typeof SocketAddress;
  /** Makes a socket and connects it. */
  readonly connect: Connect;
  /** Another name of `connect`. */
  readonly createConnection: Connect;
  /** Makes a server. */
  readonly createServer: CreateServer;
  /** 0, 4 or 6. */
  readonly isIP: typeof isIP;
  /** Whether something is the text of an IPv4 address. */
  readonly isIPv4: typeof isIPv4;
  /** Whether something is the text of an IPv6 address. */
  readonly isIPv6: typeof isIPv6;
  /** Whether all addresses of a name are tried where `autoSelectFamily` is not given. */
  readonly getDefaultAutoSelectFamily: () => boolean;
  /** Sets that. */
  readonly setDefaultAutoSelectFamily: (on: boolean) => void;
  /** Milliseconds that an attempt has where `autoSelectFamilyAttemptTimeout` is not given. */
  readonly getDefaultAutoSelectFamilyAttemptTimeout: () => number;
  /** Sets that; at least 10. */
  readonly setDefaultAutoSelectFamilyAttemptTimeout: (milliseconds: number) => void;
  /** @internal */
  readonly _normalizeArgs: typeof normalizeArgs;
  /** There once `@netstrata/net-compat/promises` is loaded. */
  readonly promises?: NetPromises | undefined;
}

/** @internal Options that connect something else than a new socket: register has made them for a TLS socket. */
export const connectInstead = new WeakMap<object, (args: unknown) => Socket>();

/** @internal What each net of `createNet` is made of. */
export const contexts = new WeakMap<Net, NetContext>();

/**
 * A whole net over the transports that are given. Its sockets and servers are instances of the one `Socket` and `Server`. Without
 * a transport for paths, or for addresses, such calls throw ERR_NO_TRANSPORT.
 * @example
 * ```js
 * import { createNet, Socket } from '@netstrata/net-compat/core';
 * import { createNetwork } from '@netstrata/transport-memory';
 *
 * const net = createNet(createNetwork().host('here', '10.0.0.1'));
 * const server = net.createServer((socket) => socket.end('hello')).listen(7, '10.0.0.1', () => {
 *   const client = net.connect(7, '10.0.0.1').setEncoding('utf8');
 *   client.on('data', (text) => console.log(text, client instanceof Socket)); // prints hello true
 *   client.on('close', () => server.close());
 * });
 * ```
 */
export function createNet(options: NetOptions = {}): Net {
  const net = createContext(options);
  const SocketClass = deriveSocket(net);
  net.Socket = SocketClass as unknown as NetContext['Socket'];
  const made = netOf(net, SocketClass, deriveServer(net), deriveBoundSocket(net), addressClasses);
  contexts.set(made, net);
  return made;
}

let defaultNet: Net | null = null;

/** @internal The net of `Socket` and `Server` themselves. */
export function createDefaultNet(options: NetOptions, classes: AddressClasses): Net {
  // Its transports are asked for when they are used.
  Object.defineProperties(defaultContext, Object.getOwnPropertyDescriptors(options));
  return (defaultNet = netOf(defaultContext, Socket, Server, BoundSocket, classes));
}

/**
 * @internal The same, where the main entry is loaded. To give it a function of that net is to depend on the module that makes it, also in
 * a bundle.
 */
export function getDefaultNet(_of?: Connect): Net {
  return defaultNet!;
}

type AddressClasses = Pick<Net, 'BlockList' | 'SocketAddress'>;

/** Read when somebody asks for one. */
const addressClasses: AddressClasses = {
  get BlockList() { return BlockList; },
  get SocketAddress() { return SocketAddress; },
};

/** For properties that are made when they are read, as the builtin has them. */
function replace(on: object, name: string, value: unknown): void {
  Object.defineProperty(on, name, bare({ value, writable: true, enumerable: true, configurable: true }));
}

function netOf(
  net: NetContext, SocketClass: SocketConstructor, ServerClass: ServerConstructor, BoundClass: typeof BoundSocket, classes: AddressClasses,
): Net {
  // Named by its key, which no bundler changes.
  const { connect } = {
    connect: (...args: unknown[]): Socket => {
      const normalized = normalizeArgs(args);
      const [options] = normalized;
      const instead = connectInstead.get(options);
      if (instead !== undefined) return instead(normalized);
      const socket = new SocketClass(options);
      const timeout = optionOf(options, 'timeout');
      if (timeout) socket.setTimeout(timeout as number);
      return socket.connect(normalized as unknown as ConnectOptions);
    },
  };
  const made: Net = {
    Socket: SocketClass,
    Stream: SocketClass,
    Server: ServerClass,
    BoundSocket: BoundClass,
    get BlockList() { return classes.BlockList; },
    set BlockList(value) { replace(this, 'BlockList', value); },
    get SocketAddress() { return classes.SocketAddress; },
    set SocketAddress(value) { replace(this, 'SocketAddress', value); },
    connect: connect,
    createConnection: connect,
    createServer: ((first?: ServerOptions, second?: ConnectionListener) => new ServerClass(first, second)) as CreateServer,
    isIP, isIPv4, isIPv6,
    getDefaultAutoSelectFamily: () => net.autoSelectFamily,
    setDefaultAutoSelectFamily: (on) => {
      checkBoolean(on, 'value');
      net.autoSelectFamily = on;
    },
    getDefaultAutoSelectFamilyAttemptTimeout: () => net.autoSelectFamilyAttemptTimeout,
    setDefaultAutoSelectFamilyAttemptTimeout: (milliseconds) => {
      checkInt32(milliseconds, 'value', 1);
      net.autoSelectFamilyAttemptTimeout = Math.max(10, milliseconds);
    },
    _normalizeArgs: normalizeArgs,
  };
  return Object.defineProperty(made, 'promises', bare({ get: () => promised.of?.(made), configurable: true }));
}
