import { invalidArgType } from '@netstrata/stream-core';
import { inetEndpoint, systemError, type Acceptor, type InetEndpoint, type Listener } from '@netstrata/transport';
import { WebSocketServer } from 'ws';
import { WebSocketConnection } from '../connection/websocket-connection.js';
import { LIMITS } from '../options/limits.js';
import { WsWire, type WsWebSocket } from '../wire/ws-wire.js';
import { acceptSettingsOf, type AcceptOptions, type AcceptSettings } from './accept-options.js';
import { Admission } from './admission.js';
import type { UpgradeRequest, UpgradeServer, UpgradeSocket } from './http.js';
import { openHeaders, originOf, pathOf, protocolOf } from './request.js';
import { add, remove, type Taker } from './upgrades.js';

/**
 * Accepts WebSockets (RFC 6455) of an http.Server, which stays the caller's: it is listened on, limited and closed there. A path that is
 * taken on this server is EADDRINUSE.
 * @throws TypeError `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`, RangeError `ERR_OUT_OF_RANGE`
 */
export function accept(server: UpgradeServer, acceptor: Acceptor, options?: AcceptOptions): Listener {
  if (typeof (server as UpgradeServer | null)?.on !== 'function') throw invalidArgType('server', 'an http.Server', server);
  return new WebSocketListener(server, acceptor, acceptSettingsOf(options));
}

/** What `ws` does of it: the answer to a request, and frames. */
interface Handshakes {
  on(event: 'wsClientError', listener: (error: Error, socket: UpgradeSocket, request: UpgradeRequest) => void): unknown;
  handleUpgrade(request: UpgradeRequest, socket: UpgradeSocket, head: Uint8Array, done: (socket: WsWebSocket) => void): void;
}

class WebSocketListener implements Listener, Taker {
  readonly path: string;
  readonly #server: UpgradeServer;
  readonly #acceptor: Acceptor;
  readonly #admission: Admission;
  readonly #handshakes: Handshakes;
  #isListening = false;
  #isClosed = false;

  constructor(server: UpgradeServer, acceptor: Acceptor, settings: AcceptSettings) {
    this.#server = server;
    this.#acceptor = acceptor;
    this.path = settings.path;
    this.#admission = new Admission(settings);
    this.#handshakes = new WebSocketServer({
      ...LIMITS, noServer: true, clientTracking: false, perMessageDeflate: false, maxPayload: settings.maxMessage,
      closeTimeout: settings.closeTimeout,
      handleProtocols: (_offered: Set<string>, request: unknown) => protocolOf(request as UpgradeRequest, settings.protocols) || false,
    } as object);
    this.#handshakes.on('wsClientError', (error, _socket, request) => { this.#admission.refuse(request, 400, error.message); });
    if (add(server, this)) this.#await();
    else this.#leaveSoon(systemError({ syscall: 'listen', code: 'EADDRINUSE', endpoint: { path: settings.path } }));
  }

  #await(): void {
    const server = this.#server;
    server.on('close', this.#serverClosed);
    if (server.listening === false) {
      server.on('listening', this.#listening);
      server.on('error', this.#serverFailed);
    } else queueMicrotask(this.#listening);
  }

  get local(): InetEndpoint | null {
    const at = this.#isClosed ? null : this.#server.address?.();
    if (typeof at !== 'object' || at === null) return null;
    const { address, port } = at as InetEndpoint;
    return inetEndpoint(address, port);
  }

  readonly #listening = (): void => {
    if (this.#isClosed || this.#isListening) return;
    this.#isListening = true;
    this.#server.removeListener('error', this.#serverFailed);
    this.#acceptor.onListening();
  };

  readonly #serverFailed = (error: Error): void => {
    if (!this.#isListening) this.#leave(error);
  };

  readonly #serverClosed = (): void => {
    this.#leave(null);
  };

  // ---- requests -----------------------------------------------------------------------------------------------------

  take(request: UpgradeRequest, socket: UpgradeSocket, head: Uint8Array): void {
    this.#admission.judge(request, socket, (claims) => { this.#shake(request, socket, head, claims); });
  }

  #shake(request: UpgradeRequest, socket: UpgradeSocket, head: Uint8Array, claims: unknown): void {
    if (socket.destroyed) return;
    if (this.#isClosed) this.#admission.refuse(request, 503, 'Nobody listens any more');
    else this.#handshakes.handleUpgrade(request, socket, head, (made) => { this.#accepted(made, request, socket, claims); });
  }

  #accepted(made: WsWebSocket, request: UpgradeRequest, socket: UpgradeSocket, claims: unknown): void {
    const wire = new WsWire(made, () => ({ code: 'ECONNRESET', syscall: 'read' })).attach(socket).opened();
    const facts = {
      protocol: wire.protocol, path: pathOf(request), origin: originOf(request), headers: openHeaders(request.headers),
      remoteAddress: socket.remoteAddress ?? null, claims,
    };
    this.#acceptor.onConnection(new WebSocketConnection(wire, { facts: () => facts }));
  }

  // ---- the end ------------------------------------------------------------------------------------------------------

  /** Connections that were accepted go on, and so does the server. */
  close(): void {
    this.#leaveSoon(null);
  }

  #leaveSoon(error: Error | null): void {
    if (this.#isClosed) return;
    this.#release();
    queueMicrotask(() => { this.#acceptor.onClose(error); });
  }

  #leave(error: Error | null): void {
    if (this.#isClosed) return;
    this.#release();
    this.#acceptor.onClose(error);
  }

  #release(): void {
    this.#isClosed = true;
    const server = this.#server;
    remove(server, this);
    server.removeListener('listening', this.#listening);
    server.removeListener('error', this.#serverFailed);
    server.removeListener('close', this.#serverClosed);
  }

  /** The server keeps the process alive, or does not. */
  ref(): void {}

  unref(): void {}
}
