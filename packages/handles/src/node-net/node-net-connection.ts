import type { Socket } from 'node:net';
import { honest, immediate, joined, sizeOf, WRITE_DONE, WRITE_PENDING, type ChannelSink, type WriteStatus } from '@netstrata/stream-core';
import { isPathEndpoint, systemError, type Connection, type ConnectSink, type Endpoint } from '@netstrata/transport';
import { isBun, isDeno } from '../native/which-runtime.js';
import { unwatchHandle, watchHandle } from './watched-handle.js';

/** `writev` makes one chunk of many, which the runtime writes faster: it copies up to so much at a time, and no chunk that is longer. */
const JOINED = 1_048_576;

/** Owns a socket of the runtime's `node:net`, which only moves bytes, and brings what it reports into the order of the contract. */
export class NodeNetConnection implements Connection {
  sink: ChannelSink | null;
  readonly writevLimit = JOINED;
  protected readonly socket: Socket;
  #bytesRead = 0;
  #bytesWritten = 0;
  #closed = false;
  /** It has told of an error, which was the last that it tells. */
  #failed = false;
  #reading = false;
  /** The peer's end came while reading was stopped. */
  #endHeld = false;
  #ended = false;
  /** Writes handed to the socket, and those whose callback has come: the last one pending is settled when they meet. */
  #issued = 0;
  #settled = 0;
  #pending = false;
  #detached = false;
  /** The socket is gone because both directions ended; the connection stays until it is closed. */
  #spent = false;
  /** Where the ends of a pipe are, as far as it is known: its socket cannot be asked. */
  readonly #localPath: Endpoint | null;
  #remotePath: Endpoint | null = null;
  #near: Endpoint | null = null;

  /** The handle is its own: one that is lent or shared is left as it is. */
  readonly #owns: boolean;

  /** The socket must be paused, and half-open allowed. */
  constructor(socket: Socket, sink: ChannelSink | null, localPath: Endpoint | null, owns = true) {
    this.sink = sink;
    this.#owns = owns;
    this.socket = socket;
    this.#localPath = localPath;
    socket.on('data', (chunk: Buffer) => {
      this.#bytesRead += chunk.length;
      this.sink?.onData(chunk);
    });
    socket.on('end', () => {
      if (this.#reading) this.#end();
      else this.#endHeld = true;
    });
    // Told at once: what other sockets get in this turn comes after it, as with the other driver.
    socket.on('error', (error) => {
      if (this.#detached || this.#closed) return;
      this.#closed = true;
      this.#failed = true;
      this.sink?.onClose(this.#named(error));
    });
    socket.on('close', () => {
      if (this.#detached || this.#failed) return;
      if (!this.#closed && socket.readableEnded && socket.writableFinished) {
        this.#spent = true;
        return;
      }
      const error = this.#closed ? null : unexplained();
      this.#closed = true;
      this.sink?.onClose(error);
    });
    if (owns) watchHandle(socket);
  }

  // What uses the handle directly, as tls does, moves bytes past this: the socket counts them, and what it holds back.
  get bytesRead(): number { return Math.max(this.#bytesRead, this.socket.bytesRead - this.socket.readableLength || 0); }
  get bytesWritten(): number { return Math.max(this.#bytesWritten, this.socket.bytesWritten || 0); }

  // The runtime's own sockets are no code of a user's.
  get takesShared(): boolean { return true; }

  get native(): unknown {
    return this.#closed ? null : ((this.socket as { _handle?: unknown })._handle ?? null);
  }

  get local(): Endpoint | null {
    if (this.#closed) return null;
    const { localAddress, localPort } = this.socket;
    return this.#localPath ?? endpoint(localAddress, localPort);
  }

  get remote(): Endpoint | null {
    if (this.#closed) return null;
    const { remoteAddress, remotePort } = this.socket;
    return this.#remotePath ?? endpoint(remoteAddress, remotePort);
  }

  /** The error as libuv's handles would have it: Bun calls a write that failed a read, and a near end that cannot be bound the far one. */
  #named(error: Error): Error {
    const { code, syscall } = error as { code?: string; syscall?: string };
    if (code === 'EPIPE' && syscall === 'read') return systemError({ code, syscall: 'write' });
    const near = this.#near;
    const isOfNearEnd = near !== null && syscall === 'connect' && code === 'EADDRNOTAVAIL';
    return isOfNearEnd ? systemError({ code, syscall: 'bind', endpoint: near }) : error;
  }

  /** @internal It is about to connect there, from that near end: gives the socket to do so with. */
  connecting(remote: Endpoint, near: Endpoint | null): Socket {
    if (isPathEndpoint(remote)) this.#remotePath = remote;
    if (isBun) this.#near = near;
    this.socket.once('connect', () => {
      if (this.#owns) watchHandle(this.socket);
      this.#near = null;
      if (!this.#closed) (this.sink as ConnectSink | null)?.onConnect();
    });
    return this.socket;
  }

  readStart(): void {
    if (this.#closed || this.#reading) return;
    this.#reading = true;
    if (this.#endHeld) {
      process.nextTick(() => {
        if (!this.#reading || this.#closed || !this.#endHeld) return;
        this.#endHeld = false;
        this.#end();
      });
      return;
    }
    this.socket.resume();
  }

  readStop(): void {
    if (!this.#reading) return;
    this.#reading = false;
    this.socket.pause();
  }

  #end(): void {
    if (this.#ended || this.#closed) return;
    this.#ended = true;
    this.sink?.onEnd();
  }

  write(chunk: Uint8Array): WriteStatus {
    return this.writev([chunk]);
  }

  writev(chunks: readonly Uint8Array[]): WriteStatus {
    for (const piece of piecesOf(chunks)) this.#send(piece);
    return this.#written();
  }

  #send(bytes: Uint8Array): void {
    this.#bytesWritten += bytes.length;
    if (this.#closed) return;
    this.#issued++;
    this.socket.write(bytes, this.#onWritten);
  }

  #written(): WriteStatus {
    const { socket } = this;
    if (this.#closed) return WRITE_PENDING;
    // What the kernel accepted at once is no longer in the socket.
    const hasAccepted = socket.writableLength === 0 && !socket.destroyed && socket.errored == null;
    if (hasAccepted) return WRITE_DONE;
    this.#pending = true;
    return WRITE_PENDING;
  }

  readonly #onWritten = (error?: Error | null): void => {
    this.#settled++;
    const isLast = this.#pending && this.#settled === this.#issued;
    // Node 20 says nothing of an error where the socket was destroyed under the write: 'close' tells what became of it.
    if (error != null || this.#closed || this.socket.destroyed || !isLast) return;
    this.#pending = false;
    this.sink?.onWriteDone();
  };

  shutdown(): void {
    if (this.#closed) return;
    this.socket.end(() => {
      if (this.#closed) return;
      // A Windows pipe shows the peer the end only while this side reads; what comes waits in the socket.
      if (process.platform === 'win32' && this.socket.remoteAddress === undefined) this.socket.read(0);
      this.sink?.onShutdownDone();
    });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#spent) immediate(() => this.sink?.onClose(null));
    else if (this.socket.pending && !this.socket.connecting) this.#closeUnused();
    else this.socket.destroy();
  }

  /** A socket that was never told to connect has no handle that the loop would have to close: it would be gone too early. */
  #closeUnused(): void {
    immediate(() => immediate(() => this.socket.destroy()));
  }

  abort(): void {
    if (this.#closed || this.#spent) {
      this.close();
      return;
    }
    this.#closed = true;
    const socket = this.socket;
    if (typeof socket.resetAndDestroy !== 'function' || socket.remoteAddress === undefined) socket.destroy();
    // A reset is refused while a FIN is under way, and Node would never close the handle. It is out soon, as nothing waits before it.
    else if (isShutting(socket)) socket.once('finish', () => socket.resetAndDestroy());
    else socket.resetAndDestroy();
  }

  replaceNative(native: unknown): boolean {
    if (!isBun) return false;
    Object.assign(this.socket, { _handle: native });
    return true;
  }

  /** Gives up the native handle; the socket around it is left empty. Null on Bun, whose handles nobody can take over from a socket. */
  detach(): unknown {
    const shell = this.socket as unknown as { _handle?: { readStop?(): void; onread?: unknown } | null };
    const handle = shell._handle;
    if (this.#closed || handle == null || isBun) return null;
    handle.readStop?.();
    handle.onread = (): void => {};
    unwatchHandle(handle);
    shell._handle = null;
    this.#detached = true;
    this.#closed = true;
    return handle;
  }

  ref(): void { this.socket.ref(); }
  unref(): void { this.socket.unref(); }
}

/** Why a socket closed without a call of ours. On Node it was destroyed through its handle, as the http agent does with idle ones. */
function unexplained(): Error | null {
  return !isBun && !isDeno ? null : systemError({ code: 'ECONNRESET', syscall: 'read' });
}

/** A connection on a TCP socket. */
export class NodeNetTcpConnection extends NodeNetConnection {
  setNoDelay(on: boolean): void {
    this.socket.setNoDelay(on);
  }

  setKeepAlive(on: boolean, initialDelayMs: number, intervalMs = 0, count = 0): void {
    // Newer Nodes take four, and with a 0 among the last two, or less than a second, they set none.
    const interval = intervalMs < 1000 ? undefined : intervalMs;
    (this.socket.setKeepAlive as (...args: unknown[]) => unknown).call(this.socket, on, initialDelayMs, interval, count || undefined);
  }
}

/** The connection over a socket: TCP sockets have an address, pipes have none. */
export function connectionOver(socket: Socket, sink: ChannelSink | null, localPath: Endpoint | null, owns = true): NodeNetConnection {
  const Class = localPath === null && socket.remoteAddress !== undefined ? NodeNetTcpConnection : NodeNetConnection;
  return new Class(socket, sink, localPath, owns);
}

function endpoint(address: string | undefined, port: number | undefined): Endpoint | null {
  if (!address || port === undefined) return null;
  return { address, port, family: address.includes(':') ? 'IPv6' : 'IPv4' };
}

/** The same bytes in as few pieces as their sizes allow, one at least. */
function piecesOf(chunks: readonly Uint8Array[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let run: Uint8Array[] = [];
  let size = 0;
  for (const chunk of chunks) {
    const more = sizeOf(chunk);
    if (more === 0) continue;
    if (size > 0 && size + more > JOINED) {
      pieces.push(pieceOf(run));
      run = [];
      size = 0;
    }
    run.push(chunk);
    size += more;
  }
  pieces.push(pieceOf(run));
  return pieces;
}

/** The runtime believes what the object says of itself. */
function pieceOf(run: readonly Uint8Array[]): Uint8Array {
  return run.length === 1 ? honest(run[0]) : joined(run);
}

function isShutting({ writableEnded, writableLength, writableFinished }: Socket): boolean {
  return writableEnded && writableLength === 0 && !writableFinished;
}
