import type { AddressInfo, ListenOptions as NodeNetListenOptions, Server } from 'node:net';
import { bare, immediate } from '@netstrata/stream-core';
import { isPathEndpoint, type Acceptor, type Endpoint, type Listener } from '@netstrata/transport';
import { sharedDataOf, workerCluster } from '../native/cluster-worker.js';
import { notedPath, notePath } from '../native/native-handle.js';
import { connectionOver } from './node-net-connection.js';

/** What Node's cluster asks of the server in a worker. */
interface ServerOwner {
  readonly maxConnections?: number | undefined;
  readonly dropMaxConnection?: boolean | undefined;
  readonly _connections?: number;
  close?(done?: () => void): void;
}

/** What the public face of a server does not show. */
interface ServerShell {
  _handle?: unknown;
  _pipeName?: string | undefined;
  _listen2?(address: null, port: number, type: number, backlog: number): void;
}

/** Owns a server of the runtime's `node:net`, and brings what it reports into the order of the contract. */
export class NodeNetListener implements Listener {
  readonly #server: Server;
  readonly #acceptor: Acceptor;
  readonly #closeServer: () => void;
  #listening = false;
  #closed = false;

  /** The server must pause its connections and allow half-open. */
  constructor(server: Server, acceptor: Acceptor) {
    this.#server = server;
    this.#acceptor = acceptor;
    this.#closeServer = server.close.bind(server);
    server.on('listening', () => {
      this.#listening = true;
      if (!this.#closed) acceptor.onListening();
    });
    server.on('connection', (socket) => {
      if (this.#closed) socket.destroy();
      else acceptor.onConnection(connectionOver(socket, null, this.#path));
    });
    server.on('error', (error) => {
      if (this.#closed) return;
      if (this.#listening) {
        acceptor.onAcceptError(error);
        return;
      }
      this.#closed = true;
      acceptor.onClose(error);
    });
    if (acceptor.owner !== undefined) answerAs(acceptor.owner as ServerOwner, server);
  }

  /** It cannot listen: the acceptor gets the reason, from a later tick. */
  fail(error: Error): this {
    this.#closed = true;
    process.nextTick(() => {
      this.#acceptor.onClose(error);
    });
    return this;
  }

  start(options: NodeNetListenOptions): this {
    this.#server.listen(options);
    return this;
  }

  startOn(handle: object, backlog: number): this {
    const server = this.#server as unknown as ServerShell;
    if ('setNoDelay' in handle || server._listen2 === undefined) {
      this.#server.listen(handle, backlog);
    } else {
      // The public call knows the handles of TCP alone; a pipe's it would open a second time, by its descriptor.
      server._handle = handle;
      server._pipeName = notedPath(handle)?.path;
      server._listen2(null, -1, -1, backlog);
    }
    return this;
  }

  get native(): unknown {
    const server = this.#server as { _handle?: unknown; listening: boolean };
    if (this.#closed) return null;
    // Not every runtime's server shows a handle.
    return server._handle ?? (server.listening ? undefined : null);
  }

  get #path(): Endpoint | null {
    const { local } = this;
    return local !== null && isPathEndpoint(local) ? local : null;
  }

  get local(): Endpoint | null {
    if (this.#closed) return null;
    const address: AddressInfo | string | null = this.#server.address();
    if (address === null) return null;
    if (typeof address === 'string') return { path: address };
    return { address: address.address, port: address.port, family: address.family === 'IPv6' ? 'IPv6' : 'IPv4' };
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const server = this.#server;
    // The server's own 'close' would wait for its connections to end; ours does not.
    if (server.listening) this.#closeServer();
    else server.once('listening', this.#closeServer);
    immediate(() => {
      this.#acceptor.onClose(null);
    });
  }

  detach(): unknown {
    const shell = this.#server as unknown as ServerShell;
    const handle = shell._handle ?? null;
    const path = this.#path;
    const { bun, deno } = process.versions as Readonly<Record<string, string | undefined>>;
    // A pipe that listens cannot be listened on again on Windows and on Deno, and nothing can on Bun; the public API knows no other way.
    const isBoundToServer = bun !== undefined || (path !== null && (process.platform === 'win32' || deno !== undefined));
    if (this.#closed || handle === null || isBoundToServer) return null;
    notePath(handle, path);
    shell._handle = null;
    this.#closed = true;
    return handle;
  }

  ref(): void { this.#server.ref(); }
  unref(): void { this.#server.unref(); }
}

/**
 * In a worker, Node's cluster knows the server below: it closes that one when the worker disconnects, and leaves a
 * connection to another worker when that one is full. The one above answers instead.
 */
function answerAs(owner: ServerOwner, server: Server): void {
  server.close = (done?: () => void): Server => {
    owner.close?.(done);
    return server;
  };
  if (workerCluster() === null) return;
  Object.assign(server, sharedDataOf(owner));
  Object.defineProperties(server, {
    // What is to be dropped is dropped above, with the event.
    maxConnections: bare({ get: () => (owner.dropMaxConnection === true ? undefined : owner.maxConnections) }),
    _connections: bare({ get: () => owner._connections ?? 0, set: () => {} }),
  });
}
