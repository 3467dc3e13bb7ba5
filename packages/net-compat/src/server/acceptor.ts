import { handOver } from '@netstrata/stream-core';
import { isPathEndpoint, type Acceptor, type Connection, type Endpoint, type Listener, type Transport } from '@netstrata/transport';
import { isBlocked, type AddressChecker } from '../args/address-checker.js';
import { contextOf } from '../shared/context.js';
import { tellListenEnd, tellListenError, tellServerSocket } from '../runtime/diagnostics.js';
import { addressInfo } from '../args/endpoints.js';
import type { DropArgument } from './server-options.js';
import { AcceptedOptions } from '../shared/accepted-options.js';
import { accepted, listener, tracking, type ServerFace } from '../shared/server-face.js';
import type { SocketFace } from '../shared/socket-face.js';

type AnyFunction = (...args: never[]) => unknown;

/** Lets the stack of an error begin where `listen` was called, if that is still in it. */
function beginBelowListen(error: Error, listen: AnyFunction): Error {
  const { stack } = error;
  (Error as { captureStackTrace?: (target: object, above: AnyFunction) => void }).captureStackTrace?.(error, listen);
  if (typeof error.stack !== 'string' || !error.stack.includes('\n')) error.stack = stack;
  return error;
}

/** What a server's listener reports to. */
export class ServerAcceptor implements Acceptor {
  readonly #server: ServerFace;
  readonly #options: AcceptedOptions;
  #listener: Listener | null = null;
  #told = false;

  /** The port that was asked for; undefined where it listens on something open. */
  readonly #port: number | undefined;

  constructor(server: ServerFace, transport: Transport, port: number | undefined) {
    this.#server = server;
    this.#options = new AcceptedOptions(transport);
    this.#port = port;
  }

  get owner(): ServerFace {
    return this.#server;
  }

  /** The listener that reports here. */
  began(started: Listener): void {
    this.#listener = started;
    this.#name();
    if (started.native !== null) this.#tell();
    else if (started.failure != null) {
      const listen = Reflect.get<ServerFace, 'listen'>(this.#server, 'listen');
      this.#tellError(beginBelowListen(started.failure, listen));
    }
  }

  onListening(): void {
    this.#name();
    this.#tell();
    this.#server.emit('listening');
  }

  /** Once, and before 'listening' where that is known already. */
  #tell(): void {
    if (this.#told) return;
    this.#told = true;
    tellListenEnd(this.#server);
  }

  /** Once: as soon as it is known. */
  #tellError(error: Error): void {
    if (this.#told) return;
    this.#told = true;
    tellListenError(this.#server, error);
  }

  /** The name under which Node's child_process knows this server in every process, made as the builtin makes it. */
  #name(): void {
    const local = this.#listener?.local ?? null;
    if (local === null) return;
    if (isPathEndpoint(local)) this.#server._connectionKey = `-1:${local.path}:-1`;
    else if (this.#port === undefined) this.#server._connectionKey = '-1:null:-1';
    else this.#server._connectionKey = `${local.family === 'IPv6' ? 6 : 4}:${local.address}:${this.#port}`;
  }

  onConnection(connection: Connection): void {
    const server = this.#server;
    if (server.maxConnections != null && server._connections >= server.maxConnections) {
      try {
        server.emit('drop', ...dropInfo(connection));
      } finally {
        connection.close();
      }
      return;
    }
    if (server.blockList !== undefined && isUnwelcome(server.blockList, connection.remote)) {
      connection.close();
      return;
    }
    const socket = new (contextOf(server).Socket)(this.#options.of(server, connection));
    server._connections++;
    socket.server = server;
    socket._server = server;
    if (server.idleTimeout) socket.setTimeout(server.idleTimeout);
    if (tracking.isOn) (server[accepted] ??= new Set()).add(socket);
    handOver(socket._readableState, announce, socket);
  }

  onAcceptError(error: Error): void {
    this.#server.emit('error', error);
  }

  onClose(error: Error | null): void {
    if (error === null) return;
    const server = this.#server;
    // The server may have been told to listen elsewhere meanwhile.
    if (server[listener] === this.#listener) server[listener] = null;
    this.#tellError(error);
    server.emit('error', error);
  }
}

function announce(socket: SocketFace): void {
  socket._server!.emit('connection', socket);
  tellServerSocket(socket);
}

function isUnwelcome(list: AddressChecker, remote: Endpoint | null): boolean {
  return remote !== null && !isPathEndpoint(remote) && isBlocked(list, remote.address);
}

/** The argument of 'drop': none where the medium has no addresses. */
function dropInfo(connection: Connection): [DropArgument] | [] {
  const local = addressInfo(connection.local);
  const remote = addressInfo(connection.remote);
  if (local === null && remote === null) return [];
  const info: DropArgument = {
    localAddress: local?.address, localPort: local?.port, localFamily: local?.family,
    remoteAddress: remote?.address, remotePort: remote?.port, remoteFamily: remote?.family,
  };
  return [Object.assign(Object.create(null) as DropArgument, info)];
}
