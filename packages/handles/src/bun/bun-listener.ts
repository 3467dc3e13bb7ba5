import { immediate } from '@netstrata/stream-core';
import { chmodSync } from 'node:fs';
import {
  isPathEndpoint, systemError, type Acceptor, type Endpoint, type Listener, type ListenEndpoint, type ListenerOptions, type PathEndpoint,
} from '@netstrata/transport';
import { bindRefusal } from '../native/bind-options.js';
import { bun, codeOf, type BunServer, type BunSocket } from './socket/bun-api.js';
import { BunConnection, BunTcpConnection } from './socket/bun-connection.js';
import { inetOf } from './socket/reserved-end.js';
import { handlers } from './socket/socket-handlers.js';

/** With these an IPv6 address cannot be had at all: all of IPv4 then. */
const NO_IPV6 = new Set(['EAFNOSUPPORT', 'EINVAL', 'EADDRNOTAVAIL']);

/** Owns a listener of Bun's. Its queue is as long as Bun makes it, and Bun does not tell of connections that it could not accept. */
export class BunListener implements Listener {
  readonly #acceptor: Acceptor;
  #server: BunServer | null = null;
  #closed = false;
  #local: Endpoint | null = null;
  failure: Error | null = null;

  constructor(acceptor: Acceptor) {
    this.#acceptor = acceptor;
  }

  get native(): unknown { return this.#closed ? null : this.#server; }
  get local(): Endpoint | null { return this.#closed ? null : this.#local; }

  start(endpoint: ListenEndpoint, options: ListenerOptions): this {
    return this.#begin(endpoint, () => {
      const refusal = bindRefusal(endpoint, options);
      if (refusal !== null) throw Object.assign(new Error(refusal), { code: refusal });
      if (isPathEndpoint(endpoint)) this.#listenAtPath(endpoint, options);
      else this.#listenAtPort(endpoint, options);
    });
  }

  /** Accepts on what another listener gave up, or on an open descriptor. */
  startOn(native: BunServer | number): this {
    return this.#begin(null, () => {
      if (typeof native === 'number') this.#listen({ fd: native });
      else if (native.fd < 0) throw Object.assign(new Error('EBADF'), { code: 'EBADF' });
      else {
        native.reload({ socket: this.#handlers() });
        this.#server = native;
      }
    });
  }

  #begin(endpoint: ListenEndpoint | null, listen: () => void): this {
    try {
      listen();
      this.#local = this.#server!.unix === undefined ? inetOf(this.#server!) : { path: this.#server!.unix };
      process.nextTick(reportListening, this);
    } catch (error) {
      this.#closed = true;
      const where = endpoint === null ? { address: null } : { endpoint };
      this.failure = systemError({ code: codeOf(error), syscall: 'listen', ...where });
      process.nextTick(reportClose, this.#acceptor, this.failure);
    }
    return this;
  }

  #listenAtPath({ path }: PathEndpoint, { readableAll, writableAll }: ListenerOptions): void {
    this.#listen({ unix: path });
    const mode = (readableAll === true ? 0o444 : 0) | (writableAll === true ? 0o222 : 0);
    if (mode !== 0) chmodSync(path, 0o700 | mode);
  }

  #listenAtPort(endpoint: Exclude<ListenEndpoint, PathEndpoint>, { ipv6Only, reusePort }: ListenerOptions): void {
    const how = { port: endpoint.port, ipv6Only: ipv6Only === true, reusePort: reusePort === true };
    if (endpoint.address !== undefined) {
      this.#listen({ hostname: endpoint.address, ...how });
      return;
    }
    try {
      this.#listen({ hostname: '::', ...how });
    } catch (error) {
      if (!NO_IPV6.has(codeOf(error))) throw error;
      this.#listen({ hostname: '0.0.0.0', ...how });
    }
  }

  #listen(where: object): void {
    this.#server = bun.listen({ ...where, allowHalfOpen: true, socket: this.#handlers() });
  }

  #handlers(): object {
    return { ...handlers, open: (socket: BunSocket): void => { this.#accepted(socket); } };
  }

  #accepted(socket: BunSocket): void {
    if (this.#closed) {
      socket.data = null;
      socket.terminate();
      return;
    }
    const localPath = this.#local !== null && isPathEndpoint(this.#local) ? this.#local : null;
    const connection = (localPath === null ? new BunTcpConnection() : new BunConnection()).take(socket, localPath);
    this.#acceptor.onConnection(connection);
    connection.settleLater();
  }

  /** @internal */
  reportListening(): void {
    if (!this.#closed) this.#acceptor.onListening();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#server!.stop(false);
    immediate(reportClose, this.#acceptor, null);
  }

  detach(): unknown {
    if (this.#closed) return null;
    this.#closed = true;
    return this.#server;
  }

  ref(): void { if (!this.#closed) this.#server!.ref(); }
  unref(): void { if (!this.#closed) this.#server!.unref(); }
}

function reportListening(listener: BunListener): void {
  listener.reportListening();
}

function reportClose(acceptor: Acceptor, error: Error | null): void {
  acceptor.onClose(error);
}
