import { codedError } from '@netstrata/stream-core';
import {
  connectOptionsOf, isPathEndpoint, listenEndpointOf, listenOptionsOf, openOptionsOf, systemError,
  type Acceptor, type AdoptOptions, type Connection, type ConnectSink, type DialOptions, type Endpoint, type Listener, type ListenEndpoint,
  type ListenerOptions, type OpenOptions,
} from '@netstrata/transport';
import type { HandleDriver } from '../contract/handle-driver.js';
import { workerCluster } from '../native/cluster-worker.js';
import { bun, type BunServer, type BunSocket } from './socket/bun-api.js';
import { BunConnection, BunTcpConnection } from './socket/bun-connection.js';
import { canDial } from './socket/dialler.js';
import { BunListener } from './bun-listener.js';
import { ReservedEnd } from './socket/reserved-end.js';
import { handlers } from './socket/socket-handlers.js';

/**
 * Owns the driver over Bun's own sockets; null where they are not those that it knows. `other`: what listens in a
 * worker of a cluster, where the primary has to be asked, and takes handles that are not Bun's.
 */
export function createBunDriver(other: () => HandleDriver): HandleDriver | null {
  return (bun as unknown) !== undefined && canDial() ? new BunDriver(other) : null;
}

class BunDriver implements HandleDriver {
  readonly name = 'bun';
  /** There is no socket before it is dialled with. */
  readonly lends = false;
  readonly typeOfService = true;
  readonly #other: () => HandleDriver;

  constructor(other: () => HandleDriver) {
    this.#other = other;
  }

  open(kind: 'tcp' | 'pipe', given?: OpenOptions): BunConnection {
    const options = openOptionsOf(given);
    const connection = kind === 'pipe' ? new BunConnection() : new BunTcpConnection();
    return options.local === undefined ? connection : connection.bound(new ReservedEnd(options.local, options));
  }

  connect(endpoint: Endpoint, sink: ConnectSink, given?: DialOptions): Connection {
    const options = connectOptionsOf(given);
    const connection = (options.from as BunConnection | undefined) ?? this.open(isPathEndpoint(endpoint) ? 'pipe' : 'tcp');
    connection.sink = sink;
    connection.dial(endpoint, options);
    return connection;
  }

  listen(given: ListenEndpoint, acceptor: Acceptor, options?: ListenerOptions): Listener {
    const endpoint = listenEndpointOf(given);
    const how = listenOptionsOf(options);
    if (how.shared === true && workerCluster() !== null) return this.#other().listen(endpoint, acceptor, how);
    return new BunListener(acceptor).start(endpoint, how);
  }

  adoptConnection(native: unknown, options?: AdoptOptions): Connection {
    if (typeof native === 'number') return adoptDescriptor(native);
    // What only has the shape of a handle a socket of the runtime's takes; it refuses the rest.
    if (!isSocket(native)) return this.#other().adoptConnection(native, options);
    if (native.readyState < 0) throw systemError({ code: 'EBADF', syscall: 'open' });
    native.reload({ socket: handlers });
    return connectionOver(native);
  }

  adoptListener(native: unknown, acceptor: Acceptor): Listener {
    if (typeof native !== 'number' && !isServer(native)) throw notSent();
    return new BunListener(acceptor).startOn(native);
  }
}

function isSocket(native: unknown): native is BunSocket {
  const socket = native as Partial<BunSocket> | null | undefined;
  return typeof socket?.reload === 'function' && typeof socket.terminate === 'function';
}

function isServer(native: unknown): native is BunServer {
  const server = native as Partial<BunServer> | null | undefined;
  return typeof server?.reload === 'function' && typeof server.getsockname === 'function';
}

function notSent(): Error {
  return codedError(TypeError, 'ERR_INVALID_HANDLE_TYPE', 'This handle type cannot be sent');
}

/** The connection over an open socket: paths have no port. */
function connectionOver(socket: BunSocket): Connection {
  const connection = socket.remotePort === undefined ? new BunConnection() : new BunTcpConnection();
  connection.take(socket, null).settle();
  return connection;
}

/** Throws a system error of `open` for what is no descriptor of a stream. */
function adoptDescriptor(fd: number): Connection {
  let socket: BunSocket | null = null;
  const open = (opened: BunSocket): void => {
    socket = opened;
  };
  bun.connect({ fd, allowHalfOpen: true, data: null, socket: { ...handlers, open } }).catch(() => {});
  if (socket === null) throw systemError({ code: 'EBADF', syscall: 'open' });
  return connectionOver(socket);
}
