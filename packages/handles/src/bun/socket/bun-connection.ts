import { immediate } from '@netstrata/stream-core';
import {
  isPathEndpoint, systemError, type Connection, type ConnectSink, type DialOptions, type Endpoint, type InetEndpoint,
} from '@netstrata/transport';
import { isInvalidPath } from '../../native/socket-path.js';
import type { BunError, BunSocket } from './bun-api.js';
import { BunChannel } from './bun-channel.js';
import { detachedSocket, dial } from './dialler.js';
import { CALLING, CLOSED, CONNECTING, GONE, LENT, READING, UNREFERENCED, UNUSED } from './progress.js';
import { ReservedEnd } from './reserved-end.js';
import type { SocketOwner } from './socket-handlers.js';

/** What a socket was given away with: read from the system, and not delivered. */
const unread = Symbol('netstrata.unread');

interface GivenSocket extends BunSocket {
  [unread]?: Uint8Array[] | undefined;
}

/** What Bun says of a near end that cannot be bound, in the words of `connect`. */
const OF_BIND = new Set(['EADDRNOTAVAIL', 'EADDRINUSE', 'EACCES']);

/** Owns where a socket of Bun's comes from and goes to: dialled, accepted, adopted, given away. */
export class BunConnection extends BunChannel implements Connection, SocketOwner {
  /** What was dialled. */
  #remote: Endpoint | null = null;
  /** Where the near end is, where the socket cannot be asked: a path, or what is bound and not dialled from yet. */
  #local: Endpoint | ReservedEnd | null = null;

  /** Made when somebody asks for it before the connection was told where to go. */
  get native(): unknown {
    if ((this.bits & CLOSED) !== 0) return null;
    if (this.raw === null) {
      this.raw = detachedSocket();
      this.bits |= UNUSED;
    }
    return this.raw;
  }

  get local(): Endpoint | null {
    if ((this.bits & CLOSED) !== 0) return null;
    if (this.#local !== null) return this.#local instanceof ReservedEnd ? this.#local.local : this.#local;
    return this.raw === null ? null : inet(this.raw.localAddress, this.raw.localPort);
  }

  get remote(): Endpoint | null {
    if ((this.bits & CLOSED) !== 0) return null;
    return this.#remote ?? (this.raw === null ? null : inet(this.raw.remoteAddress, this.raw.remotePort));
  }

  /** @internal It is bound; what it is bound to is given up when it dials. */
  bound(end: ReservedEnd): this {
    this.#local = end;
    return this;
  }

  /** @internal The socket is connected, and may have been used before. */
  take(socket: BunSocket, localPath: Endpoint | null): this {
    const given: GivenSocket = socket;
    this.raw = socket;
    this.#local = localPath;
    if (given[unread] !== undefined) {
      this.held = given[unread];
      given[unread] = undefined;
    }
    socket.data = this;
    return this;
  }

  /** @internal */
  dial(endpoint: Endpoint, { localAddress, localPort, typeOfService }: DialOptions): void {
    if (this.raw !== null && (this.bits & UNUSED) === 0) {
      // As a handle that is told to connect again.
      process.nextTick(refuse, this, { code: (this.bits & CONNECTING) === 0 ? 'EISCONN' : 'EALREADY' });
      return;
    }
    const reserved = this.#local instanceof ReservedEnd ? this.#local : null;
    const isPath = isPathEndpoint(endpoint);
    let near = reserved?.release() ?? null;
    if (near === null && !isPath && (localAddress !== undefined || localPort !== undefined)) {
      near = { address: localAddress ?? (endpoint.family === 'IPv6' ? '::' : '0.0.0.0'), port: localPort ?? 0, family: endpoint.family };
    }
    this.#remote = endpoint;
    this.#local = isPath && reserved !== null ? reserved.local : near;
    this.bits = (this.bits & ~UNUSED) | CONNECTING | CALLING;
    try {
      const isWrong = isPath !== this.isPath || (isPath && isInvalidPath(endpoint.path));
      if (isWrong) throw systemError({ code: 'EINVAL', syscall: 'connect', endpoint });
      const socket = dial(this, endpoint, near, this.raw);
      this.raw = socket;
      if (typeOfService !== undefined) socket.setTypeOfService(typeOfService);
      if ((this.bits & UNREFERENCED) !== 0) this.hold();
    } catch (error) {
      this.refused(error as BunError);
    }
    this.bits &= ~CALLING;
  }

  /** @internal */
  refused(error: BunError): void {
    if ((this.bits & CALLING) !== 0) {
      immediate(refuse, this, error);
      return;
    }
    if ((this.bits & CLOSED) !== 0) return;
    const near = this.#local as Endpoint | null;
    const code = error.code ?? 'ECONNREFUSED';
    if (error.code === 'EISCONN' || error.code === 'EALREADY') this.leave(true);
    this.bits |= CLOSED | GONE;
    const isOfBind = near !== null && !isPathEndpoint(near) && OF_BIND.has(code);
    const what = isOfBind ? { syscall: 'bind', endpoint: near } : { syscall: 'connect', endpoint: this.#remote, local: named(near) };
    this.sink?.onClose(systemError({ code, ...what }));
  }

  /** @internal */
  opened(socket: BunSocket): void {
    if ((this.bits & CLOSED) !== 0) {
      socket.terminate();
      return;
    }
    this.raw = socket;
    if (this.#local !== null && !isPathEndpoint(this.#remote!)) this.#local = null;
    if ((this.bits & CALLING) === 0) this.connected();
    else immediate(connect, this);
  }

  /** @internal */
  connected(): void {
    if ((this.bits & CLOSED) !== 0) return;
    this.bits &= ~CONNECTING;
    (this.sink as ConnectSink | null)?.onConnect();
    if ((this.bits & READING) === 0) this.settleLater();
    else if (this.holdsInput()) this.wake();
  }

  detach(): unknown {
    const { socket } = this;
    if (socket === null || (this.bits & (CONNECTING | UNUSED)) !== 0) return null;
    this.pause();
    this.bits |= CLOSED | GONE;
    if (this.held !== null) (socket as GivenSocket)[unread] = this.held;
    this.held = null;
    socket.data = null;
    return socket;
  }

  /** The runtime's tls has taken the socket over, and gives another that stands for it: it is only to be closed. */
  replaceNative(native: unknown): boolean {
    if ((this.bits & (CLOSED | GONE)) !== 0 || typeof (native as Partial<BunSocket> | null)?.terminate !== 'function') return false;
    this.bits |= LENT;
    this.raw = native as BunSocket;
    return true;
  }

  protected override left(): void {
    if (this.#local instanceof ReservedEnd) this.#local.release();
  }
}

/** A connection over TCP, with what only that can be told. Bun knows no interval and no count of keep-alive. */
export class BunTcpConnection extends BunConnection {
  protected override get isPath(): boolean { return false; }

  setNoDelay(on: boolean): void { this.socket?.setNoDelay(on); }
  setKeepAlive(on: boolean, initialDelayMs: number): void { this.socket?.setKeepAlive(on, initialDelayMs); }
  setTypeOfService(value: number): void { this.socket?.setTypeOfService(value); }
  getTypeOfService(): number { return this.socket?.getTypeOfService() ?? 0; }
}

function inet(address: string | undefined, port: number | undefined): Endpoint | null {
  if (!address || port === undefined) return null;
  return { address, port, family: address.includes(':') ? 'IPv6' : 'IPv4' };
}

/** Node says where from only when the port was chosen. */
function named(near: Endpoint | null): InetEndpoint | null {
  return near === null || isPathEndpoint(near) || near.port === 0 ? null : near;
}

function refuse(connection: BunConnection, error: BunError): void { connection.refused(error); }
function connect(connection: BunConnection): void { connection.connected(); }
