import type { Acceptor, Connection, Endpoint, Listener, Transport } from '@netstrata/transport';
import { isBlocked, type AddressChecker } from './blocked.js';
import { contextOf } from './context.js';
import { addressInfo } from './endpoints.js';
import type { DropInfo } from './server-options.js';
import type { Server } from './server.js';
import { accepted, type SocketOptions } from './socket.js';
import { socketState } from './socket-state.js';

/** @internal Where a server keeps its listener: one that listens, or is about to, or has just failed. */
export const listener = Symbol('netstrata.listener');

/** What a server's listener reports to. */
export class ServerAcceptor implements Acceptor {
  readonly #server: Server;
  readonly #transport: Transport;
  #listener: Listener | null = null;

  constructor(server: Server, transport: Transport) {
    this.#server = server;
    this.#transport = transport;
  }

  get owner(): Server {
    return this.#server;
  }

  /** The listener that reports here. */
  began(started: Listener): void {
    this.#listener = started;
    this.#name();
  }

  onListening(): void {
    this.#name();
    this.#server.emit('listening');
  }

  /** The name under which Node's child_process knows this server in every process: the same for all its connections. */
  #name(): void {
    const local = this.#listener?.local ?? null;
    if (local !== null) this.#server._connectionKey = 'path' in local ? `-1:${local.path}:-1` : `${local.family === 'IPv6' ? 6 : 4}:${local.address}:${local.port}`;
  }

  onConnection(connection: Connection): void {
    const server = this.#server;
    if (server.maxConnections != null && server._connections >= server.maxConnections) {
      const dropped = dropInfo(connection);
      // First, as a listener may throw.
      connection.close();
      server.emit('drop', ...dropped);
      return;
    }
    if (server.blockList !== undefined && isUnwelcome(server.blockList, connection.remote)) {
      connection.close();
      return;
    }
    const options: SocketOptions & { [accepted]: Connection } = {
      [accepted]: connection,
      allowHalfOpen: server.allowHalfOpen,
      pauseOnCreate: server.pauseOnConnect,
      readableHighWaterMark: server.highWaterMark,
      writableHighWaterMark: server.highWaterMark,
      noDelay: server.noDelay,
      keepAlive: server.keepAlive,
      keepAliveInitialDelay: server.keepAliveInitialDelay * 1000,
    };
    const socket = new (contextOf(server).Socket)(options);
    socketState(socket).transport = this.#transport;
    server._connections++;
    socket.server = server;
    socket._server = server;
    server.emit('connection', socket);
  }

  onAcceptError(error: Error): void {
    this.#server.emit('error', error);
  }

  onClose(error: Error | null): void {
    if (error === null) return;
    const server = this.#server;
    // The server may have been told to listen elsewhere meanwhile.
    if (server[listener] === this.#listener) server[listener] = null;
    server.emit('error', error);
  }
}

function isUnwelcome(list: AddressChecker, remote: Endpoint | null): boolean {
  return remote !== null && !('path' in remote) && isBlocked(list, remote.address);
}

/** The argument of 'drop': none where the medium has no addresses. */
function dropInfo(connection: Connection): [DropInfo] | [] {
  const local = addressInfo(connection.local);
  const remote = addressInfo(connection.remote);
  if (local === null && remote === null) return [];
  const info: DropInfo = {
    localAddress: local?.address, localPort: local?.port, localFamily: local?.family,
    remoteAddress: remote?.address, remotePort: remote?.port, remoteFamily: remote?.family,
  };
  return [Object.assign(Object.create(null) as DropInfo, info)];
}
