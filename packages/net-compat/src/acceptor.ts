import type { Acceptor, Connection, Transport } from '@netstrata/transport';
import { contextOf } from './context.js';
import { addressInfo } from './endpoints.js';
import { listener, type DropInfo, type Server } from './server.js';
import { accepted, type SocketOptions } from './socket.js';
import { socketState } from './socket-state.js';

/** What a server's listener reports to. */
export class ServerAcceptor implements Acceptor {
  readonly #server: Server;
  readonly #transport: Transport;

  constructor(server: Server, transport: Transport) {
    this.#server = server;
    this.#transport = transport;
  }

  onListening(): void {
    this.#server.emit('listening');
  }

  onConnection(connection: Connection): void {
    const server = this.#server;
    if (server.maxConnections != null && server._connections >= server.maxConnections) {
      const info = dropInfo(connection);
      connection.close();
      server.emit('drop', info);
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
      keepAliveInitialDelay: server.keepAliveInitialDelay,
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
    this.#server[listener] = null;
    this.#server.emit('error', error);
  }
}

function dropInfo(connection: Connection): DropInfo {
  const local = addressInfo(connection.local);
  const remote = addressInfo(connection.remote);
  return {
    localAddress: local?.address, localPort: local?.port, localFamily: local?.family,
    remoteAddress: remote?.address, remotePort: remote?.port, remoteFamily: remote?.family,
  };
}
