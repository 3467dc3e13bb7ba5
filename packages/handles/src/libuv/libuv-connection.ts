import { WRITE_DONE, WRITE_PENDING, type ChannelEncoding, type ChannelSink, type WriteStatus } from '@netstrata/stream-core';
import { isPathEndpoint, systemError, type AddressAndPort, type Connection, type ConnectSink, type Endpoint } from '@netstrata/transport';
import type { Bindings, ShutdownRequest, StreamHandle, WriteRequest } from './bindings.js';
import { bufferOf, change, changeNow, type BufferedHandle } from './changing-buffer.js';
import type { HandleTools } from './handle-tools.js';
import { cut, giveBack, LENT_SIZE, ownBuffer, readBuffer } from './read-buffer.js';

/** The connection that a handle belongs to; a handle that was taken away has none. */
const connectionOf = Symbol('netstrata.connection');

/** @internal A handle with what connections put on it. */
export interface OwnedHandle extends BufferedHandle {
  [connectionOf]?: LibuvConnection | undefined;
}

/** A connection on a `TCP` or `Pipe` handle of Node's. */
export class LibuvConnection implements Connection {
  sink: ChannelSink | null;
  /** @internal */
  protected readonly uv: HandleTools;
  /** Null once closed or given away. */
  #handle: OwnedHandle | null;
  #bytesRead = 0;
  #bytesWritten = 0;
  /** What a pipe was dialled or accepted at: it cannot be asked. */
  readonly #localPath: Endpoint | null;
  #remotePath: Endpoint | null;
  #ended = false;
  /** `onClose` was reported, or the handle is on its way there: nothing else may be reported. */
  #done = false;

  constructor(uv: HandleTools, handle: StreamHandle, sink: ChannelSink | null, localPath: Endpoint | null, remotePath: Endpoint | null) {
    this.sink = sink;
    this.#localPath = localPath;
    this.#remotePath = remotePath;
    this.uv = uv;
    this.#handle = handle;
    this.#handle[connectionOf] = this;
    // Born stopped, also on a handle that somebody else was reading from.
    if (this.#handle.reading === true) handle.readStop();
    this.#handle.reading = false;
    // Once for each handle: every call leaves a listener on it. Before anybody else (tls) puts a listener of their own on top.
    if (this.#handle[bufferOf] === undefined) {
      this.#handle[bufferOf] = readBuffer;
      // An object of JavaScript's in the shape of a handle has none: tests are made of such.
      (handle as Partial<StreamHandle>).useUserBuffer?.(readBuffer);
    }
  }

  get native(): unknown { return this.#handle; }
  set owner(owner: unknown) { this.uv.setOwner(this.#handle, owner); }
  get bytesRead(): number { return this.#handle?.bytesRead ?? this.#bytesRead; }
  get bytesWritten(): number { return this.#handle?.bytesWritten ?? this.#bytesWritten; }
  get local(): Endpoint | null { return endpointOf(this.#handle, 'getsockname', this.#localPath); }
  get remote(): Endpoint | null { return endpointOf(this.#handle, 'getpeername', this.#remotePath); }

  // ---- reading ------------------------------------------------------------------------------------------------------

  readStart(): void {
    const handle = this.#handle;
    if (handle === null || handle.reading || this.#ended) return;
    handle.reading = true;
    handle.onread = this.uv.onread ??= onreadOf(this.uv.bindings);
    const status = handle.readStart();
    if (status < 0) this.#failLater(status, 'read');
  }

  readStop(): void {
    const handle = this.#handle;
    if (handle === null || !handle.reading) return;
    handle.reading = false;
    handle.readStop();
  }

  /** @internal The handle has read into its buffer; gives the buffer that it shall read into next, if that is another. */
  received(handle: OwnedHandle, size: number): Buffer | undefined {
    const { sink } = this;
    const buffer = handle[bufferOf]!;
    if (sink === null) return undefined;
    if (sink.wantsBorrowed !== true) {
      sink.onData(cut(buffer, size));
      if (buffer === readBuffer) return undefined;
      giveBack(buffer);
      return change(handle, readBuffer);
    }
    if (buffer === readBuffer) {
      sink.onData(cut(buffer, size));
      // The shared buffer cannot be lent, and a small copy costs less than a buffer of one's own.
      return size < LENT_SIZE ? undefined : change(handle, ownBuffer());
    }
    let outcome: boolean | 'kept';
    try {
      outcome = sink.onBorrowed!(buffer.subarray(0, size));
    } catch (error) {
      // A listener of the user's: for all that is known the bytes are being written.
      changeNow(handle);
      throw error;
    }
    if (outcome === false) sink.onData(cut(buffer, size));
    return outcome === 'kept' ? change(handle, ownBuffer()) : undefined;
  }

  /** What the handle has read, as a copy. */
  protected copied(handle: OwnedHandle, size: number): Uint8Array {
    return cut(handle[bufferOf]!, size);
  }

  /** @internal */
  ended(): void {
    if (this.#handle !== null) this.#handle.reading = false;
    this.#ended = true;
    this.sink?.onEnd();
  }

  // ---- writing ------------------------------------------------------------------------------------------------------

  write(chunk: Uint8Array): WriteStatus {
    const handle = this.#handle;
    if (handle === null) return WRITE_PENDING;
    const request = this.uv.request();
    return this.#written(handle.writeBuffer(request, chunk), request, chunk);
  }

  writev(chunks: readonly Uint8Array[]): WriteStatus {
    const handle = this.#handle;
    if (handle === null) return WRITE_PENDING;
    const request = this.uv.request();
    return this.#written(handle.writev(request, chunks, true), request, chunks);
  }

  writeString(text: string, encoding: ChannelEncoding): WriteStatus {
    const handle = this.#handle;
    if (handle === null) return WRITE_PENDING;
    const request = this.uv.request();
    const status = encoding === 'utf8' ? handle.writeUtf8String(request, text) : handle.writeLatin1String(request, text);
    return this.#written(status, request, text);
  }

  #written(status: number, request: WriteRequest, chunks: unknown): WriteStatus {
    if (status !== 0) {
      this.#failLater(status, 'write');
      return WRITE_PENDING;
    }
    if (this.uv.lastWriteWasDone()) return WRITE_DONE;
    this.uv.keep(request);
    request.connection = this;
    request.chunks = chunks;
    return WRITE_PENDING;
  }

  /** @internal */
  writeSettled(status: number): void {
    if (this.#done) return;
    if (status < 0) this.fail(status, 'write');
    else this.sink?.onWriteDone();
  }

  shutdown(): void {
    const handle = this.#handle;
    if (handle === null) return;
    const request = new this.uv.bindings.ShutdownWrap();
    request.connection = this;
    request.oncomplete = shutdownComplete;
    const status = handle.shutdown(request);
    // A peer that is gone already has nothing to be told.
    if (status !== 0) process.nextTick(reportShutdown, this);
  }

  /** @internal */
  shutdownDone(): void {
    if (!this.#done) this.sink?.onShutdownDone();
  }

  // ---- connecting ---------------------------------------------------------------------------------------------------

  /** @internal It is on its way there. */
  dialled(remote: Endpoint): void {
    this.#remotePath = isPathEndpoint(remote) ? remote : null;
  }

  /** @internal */
  connected(status: number, remote: Endpoint, local: { address: string; port: number } | null): void {
    if (this.#done) return;
    if (status < 0) this.fail(status, 'connect', remote, local);
    else (this.sink as ConnectSink | null)?.onConnect();
  }

  ref(): void {
    const handle = this.#handle;
    if (handle === null) return;
    handle.ref();
    // Node's http agent holds a connection that it uses again; it has just put there what Node's own sockets read with.
    if (handle.onread?.name === 'onStreamRead') handle.onread = this.uv.onread ??= onreadOf(this.uv.bindings);
  }

  unref(): void { this.#handle?.unref(); }

  // ---- the end ------------------------------------------------------------------------------------------------------

  close(): void {
    const handle = this.#take();
    if (handle !== null) handle.close(closed);
  }

  abort(): void {
    const handle = this.#take();
    if (handle === null) return;
    // A reset is refused while a FIN is under way, and pipes have none.
    if (handle.reset === undefined || handle.reset(closed) !== 0) handle.close(closed);
  }

  /** The handle leaves, still open and still this connection's until it reports that it is closed. */
  #take(): OwnedHandle | null {
    const handle = this.#handle;
    if (handle === null) return null;
    this.#done = true;
    this.#forget(handle);
    return handle;
  }

  #forget(handle: OwnedHandle): void {
    this.#bytesRead = this.bytesRead;
    this.#bytesWritten = this.bytesWritten;
    handle.onread = ignore;
    this.#handle = null;
  }

  detach(): unknown {
    const handle = this.#handle;
    if (handle === null) return null;
    this.#done = true;
    if (handle[connectionOf] !== this) {
      // Another has taken it over already.
      this.#handle = null;
      return handle;
    }
    handle.reading = false;
    handle.readStop();
    this.owner = null;
    this.#forget(handle);
    handle[connectionOf] = undefined;
    return handle;
  }

  /** @internal */
  reportClosed(): void {
    this.sink?.onClose(null);
  }

  protected get handle(): StreamHandle | null { return this.#handle; }

  /** @internal The connection is dead: the handle goes, the sink hears why. */
  fail(status: number, syscall: string, endpoint?: Endpoint, local?: AddressAndPort | null, sockname?: AddressAndPort | null): void {
    const handle = this.#take();
    if (handle === null) return;
    handle[connectionOf] = undefined;
    handle.close();
    this.sink?.onClose(systemError({ errno: status, errors: this.uv.bindings.errors, syscall, endpoint, local, sockname }));
  }

  #failLater(status: number, syscall: string): void {
    process.nextTick(failNow, this, status, syscall);
  }
}

/** What handles call with what they have read. */
function onreadOf({ streamBaseState, kReadBytesOrError, UV_EOF }: Bindings): NonNullable<StreamHandle['onread']> {
  return function onread(this: OwnedHandle, buffer) {
    const size = streamBaseState[kReadBytesOrError];
    const connection = this[connectionOf];
    if (connection === undefined || size === 0) return undefined;
    if (size > 0) {
      if (buffer === undefined) return connection.received(this, size);
      // Somebody put a listener of their own on the handle: what it allocated is ours to keep.
      connection.sink?.onData(Buffer.from(buffer, 0, size));
    } else if (size === UV_EOF) connection.ended();
    else connection.fail(size, 'read');
    return undefined;
  };
}

function ignore(): undefined {}

/** Whether a connection is about to close the handle, or has: its `onClose` must not go to another. */
export function isLeaving(handle: OwnedHandle): boolean {
  return handle[connectionOf] !== undefined && handle[connectionOf].native === null;
}

/** What write requests call when they are done. */
export function writeComplete(this: WriteRequest, status: number): void {
  const connection = this.connection as LibuvConnection;
  this.connection = null;
  this.chunks = null;
  connection.writeSettled(status);
}

function shutdownComplete(this: ShutdownRequest): void {
  (this.connection as LibuvConnection).shutdownDone();
}

function closed(this: StreamHandle): void {
  (this as OwnedHandle)[connectionOf]?.reportClosed();
}

function reportShutdown(connection: LibuvConnection): void {
  connection.shutdownDone();
}

function failNow(connection: LibuvConnection, status: number, syscall: string): void {
  connection.fail(status, syscall);
}

/** Where a handle is, asked of the system. A pipe cannot be asked; what a cluster's primary gives may not know either. */
export function endpointOf(handle: StreamHandle | null, method: 'getsockname' | 'getpeername', path: Endpoint | null): Endpoint | null {
  if (handle === null) return null;
  if (path !== null || typeof handle[method] !== 'function') return path;
  const out: { address?: string; port?: number; family?: string } = {};
  if (handle[method](out) !== 0 || out.address === undefined) return null;
  return { address: out.address, port: out.port!, family: out.family === 'IPv6' ? 'IPv6' : 'IPv4' };
}
