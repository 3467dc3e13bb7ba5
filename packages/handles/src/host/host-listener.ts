import type { AddressInfo, ListenOptions as HostListenOptions, Server } from 'node:net';
import type { Acceptor, Endpoint, Listener } from '@netstrata/transport';
import { pathOf } from '../descriptors.js';
import { connectionOver } from './host-connection.js';

/** A listener on a server of the runtime's own `node:net`. */
export class HostListener implements Listener {
  readonly #server: Server;
  readonly #acceptor: Acceptor;
  #listening = false;
  #closed = false;

  /** The server must pause its connections and allow half-open. */
  constructor(server: Server, acceptor: Acceptor) {
    this.#server = server;
    this.#acceptor = acceptor;
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
  }

  start(options: HostListenOptions): this {
    this.#server.listen(options);
    return this;
  }

  startOn(handle: object, backlog: number): this {
    const server = this.#server as unknown as { _handle: unknown; _pipeName: string | undefined; _listen2?: (address: null, port: number, type: number, backlog: number) => void };
    if ('setNoDelay' in handle || server._listen2 === undefined) {
      this.#server.listen(handle, backlog);
    } else {
      // The public call knows the handles of TCP alone; a pipe's it would open a second time, by its descriptor.
      server._handle = handle;
      server._pipeName = (handle as { [pathOf]?: Endpoint & { path: string } })[pathOf]?.path;
      server._listen2(null, -1, -1, backlog);
    }
    return this;
  }

  get native(): unknown {
    return this.#closed ? null : ((this.#server as { _handle?: unknown })._handle ?? null);
  }

  get #path(): Endpoint | null {
    const { local } = this;
    return local !== null && 'path' in local ? local : null;
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
    if (server.listening) server.close();
    else server.once('listening', () => server.close());
    setImmediate(() => {
      this.#acceptor.onClose(null);
    });
  }

  detach(): unknown {
    const shell = this.#server as unknown as { _handle?: unknown };
    const handle = shell._handle ?? null;
    if (this.#closed || handle === null) return null;
    const path = this.#path;
    if (path !== null) (handle as { [pathOf]?: Endpoint })[pathOf] = path;
    shell._handle = null;
    this.#closed = true;
    return handle;
  }

  ref(): void { this.#server.ref(); }
  unref(): void { this.#server.unref(); }
}
