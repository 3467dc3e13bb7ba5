import type { Socket } from 'node:net';
import { bare } from '@netstrata/stream-core';
import {
  adoptOptionsOf, connectOptionsOf, isPathEndpoint, listenEndpointOf, listenOptionsOf, openOptionsOf, systemError,
  type Acceptor, type AdoptOptions, type Connection, type ConnectSink, type DialOptions, type Endpoint, type Listener, type ListenEndpoint,
  type ListenerOptions, type OpenOptions,
} from '@netstrata/transport';
import type { HandleDriver } from '../contract/handle-driver.js';
import { bindRefusal } from '../native/bind-options.js';
import { net } from '../native/builtin-net.js';
import { builtinOptions } from '../native/builtin-options.js';
import { checkHandle, notePath } from '../native/native-handle.js';
import { isInvalidPath } from '../native/socket-path.js';
import { bind, canConnectFromPath } from './bound-handle.js';
import { earlyHandle } from './early-handle.js';
import { isBun, isDeno } from '../native/which-runtime.js';
import { connectionOver, NodeNetConnection, NodeNetTcpConnection } from './node-net-connection.js';
import { NodeNetListener } from './node-net-listener.js';

/**
 * Owns the driver over the public `node:net`: for `--permission`, Bun, Deno, and Node versions that were not tested. Its public name is
 * `host`.
 */
export function createNodeNetDriver(): HandleDriver {
  return new NodeNetDriver();
}

class NodeNetDriver implements HandleDriver {
  readonly name = 'host';
  /** Deno's and Bun's sockets start on what they are given. */
  readonly lends = !isBun && !isDeno;
  readonly typeOfService = false;

  open(kind: 'tcp' | 'pipe', given?: OpenOptions): NodeNetConnection {
    const options = openOptionsOf(given);
    const { local } = options;
    // On a handle that is bound already nothing may start to read.
    const bound = local === undefined ? earlyHandle(kind) : { handle: bind(local, options), pauseOnCreate: true };
    const socket = new net.Socket(builtinOptions({ ...bound, allowHalfOpen: true }));
    socket.pause();
    notePath((socket as { _handle?: unknown })._handle, local);
    return kind === 'pipe' ? new NodeNetConnection(socket, null, local ?? null) : new NodeNetTcpConnection(socket, null, null);
  }

  connect(endpoint: Endpoint, sink: ConnectSink, given?: DialOptions): Connection {
    const options = connectOptionsOf(given);
    const connection = (options.from as NodeNetConnection | undefined) ?? this.open(isPathEndpoint(endpoint) ? 'pipe' : 'tcp');
    connection.sink = sink;
    const { localAddress, localPort } = options;
    const socket = connection.connecting(endpoint, nearEndOf(endpoint, localAddress, localPort));
    const refusal = refusalOf(connection, endpoint);
    if (refusal !== null) {
      socket.destroy(systemError({ code: refusal, syscall: 'connect', endpoint }));
    } else if (isPathEndpoint(endpoint)) {
      socket.connect(bare({ path: endpoint.path }));
    } else {
      socket.connect(bare({
        host: endpoint.address, port: endpoint.port, family: endpoint.family === 'IPv6' ? 6 : 4,
        ...(localAddress !== undefined && { localAddress }), ...(localPort !== undefined && { localPort }),
      }));
    }
    return connection;
  }

  listen(given: ListenEndpoint, acceptor: Acceptor, options?: ListenerOptions): Listener {
    const endpoint = listenEndpointOf(given);
    const { backlog, ipv6Only, readableAll, writableAll, reusePort, shared } = listenOptionsOf(options);
    const refusal = bindRefusal(endpoint, { reusePort });
    if (refusal !== null) return this.#listener(acceptor).fail(systemError({ code: refusal, syscall: 'listen', endpoint }));
    const where = isPathEndpoint(endpoint)
      ? { path: endpoint.path }
      : { port: endpoint.port, ...(endpoint.address !== undefined && { host: endpoint.address }) };
    return this.#listener(acceptor).start(bare({
      ...where,
      backlog: backlog ?? 511,
      exclusive: shared !== true,
      ...(ipv6Only !== undefined && { ipv6Only }),
      ...(reusePort !== undefined && { reusePort }),
      ...(readableAll !== undefined && { readableAll }),
      ...(writableAll !== undefined && { writableAll }),
    }));
  }

  #listener(acceptor: Acceptor): NodeNetListener {
    return new NodeNetListener(net.createServer(builtinOptions({ allowHalfOpen: true, pauseOnConnect: true })), acceptor);
  }

  adoptConnection(native: unknown, options?: AdoptOptions): Connection {
    const { lent, shared } = adoptOptionsOf(options);
    if (shared === true && typeof native !== 'number' && isOwned(checkHandle(native, false))) {
      return connectionOver(sharing(native), null, null, false);
    }
    const how = lent === true ? { manualStart: true, destroy: letGo } : { pauseOnCreate: true };
    const from = typeof native === 'number' ? { fd: native } : { handle: checkHandle(native, false), ...how };
    const socket = new net.Socket(builtinOptions({ ...from, allowHalfOpen: true, readable: true, writable: true }));
    socket.pause();
    return connectionOver(socket, null, null, lent !== true);
  }

  adoptListener(native: unknown, acceptor: Acceptor, options?: ListenerOptions): Listener {
    const backlog = listenOptionsOf(options).backlog ?? 511;
    const listener = this.#listener(acceptor);
    if (typeof native === 'number') return listener.start(bare({ fd: native, backlog }));
    return listener.startOn(checkHandle(native, true), backlog);
  }
}

/** Where a connection was told to come from. */
function nearEndOf(endpoint: Endpoint, address: string | undefined, port: number | undefined): Endpoint | null {
  if (isPathEndpoint(endpoint) || (address === undefined && port === undefined)) return null;
  return { address: address ?? (endpoint.family === 'IPv6' ? '::' : '0.0.0.0'), port: port ?? 0, family: endpoint.family };
}

/** Destroys a socket whose handle was lent to it: that stays open. */
function letGo(this: Socket, error: Error | null, callback: (error?: Error | null) => void): void {
  (this as { _handle?: unknown })._handle = null;
  net.Socket.prototype._destroy.call(this, error, callback);
}

/** Whether a socket has the handle; the runtime keeps it under a symbol of its own. */
function isOwned(handle: object): boolean {
  const key = Object.getOwnPropertySymbols(handle).find(({ description }) => description === 'owner_symbol');
  return key !== undefined && (handle as Record<symbol, unknown>)[key] != null;
}

/** A socket of the runtime's that writes on the handle of another. */
function sharing(handle: unknown): Socket {
  const socket = new net.Socket(builtinOptions({ allowHalfOpen: true }));
  socket.pause();
  return Object.assign(socket, { _handle: handle });
}

/** Why a connection cannot reach an endpoint. Connecting a handle to one of the other kind aborts the process. */
function refusalOf(connection: NodeNetConnection, endpoint: Endpoint): 'EINVAL' | 'ENOTSUP' | null {
  const handle = (connection.native ?? {}) as { readonly setNoDelay?: unknown; readonly fchmod?: unknown };
  if (!isPathEndpoint(endpoint)) return handle.fchmod === undefined ? null : 'EINVAL';
  if (handle.setNoDelay !== undefined || isInvalidPath(endpoint.path)) return 'EINVAL';
  // Not before: a socket of the runtime's remembers what it was told of where it is.
  return connection.local !== null && !canConnectFromPath ? 'ENOTSUP' : null;
}
