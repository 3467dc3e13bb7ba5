import { copyOf, invalidArgType, isBytes, WRITE_DONE, WRITE_PENDING, type ChannelEncoding, type ChannelSink, type WriteStatus } from '@netstrata/stream-core';
import { systemError, type AddressAndPort, type Connection, type ConnectSink, type Endpoint } from '@netstrata/transport';
import type { ShutdownRequest, StreamHandle, WriteRequest } from '../binding/bindings.js';
import type { HandleTools } from './libuv-context.js';
import { endpointOf } from '../binding/endpoint-of.js';
import { connectionOf, ignore, onreadOf, type OwnedHandle } from './handle-callbacks.js';
import { letGo, LONG, ownBytes, ownsMemory, readOwn, readShared, renewOwn, sharedBytes } from '../memory/read-memory.js';

/*
 * What a connection knows of itself, one bit each.
 */
/** The peer's FIN was reported. */
const ENDED = 1 << 0;
/** `onClose` was reported, or the handle is on its way there: nothing else may be reported. */
const DONE = 1 << 1;
/** What was lent last is still being read: this was stopped inside that call, and has not been started since. */
const LENT = 1 << 2;
/** A read is being lent for as long as this stands still. */
const LENDING = 1 << 3;
/** The handle reads into memory of its own. It knows that itself; with each read it is asked here, which is cheaper. */
const OWNS = 1 << 4;
/** From here on: how many reads in a row were short ones, into memory that libuv gave. */
const SHORT_READ = 1 << 5;
/** After so many a connection is one of short reads: that few are no proof, since what a long one left over is short too. */
const SHORT_READS = 8 * SHORT_READ;

/** A connection on a handle of Node's; what pipes know besides is in `PipeConnection`, what TCP does in `TcpConnection`. */
export class LibuvConnection implements Connection {
  sink: ChannelSink | null;
  /** @internal */
  protected readonly uv: HandleTools;
  /** Null once closed or given away. */
  #handle: OwnedHandle | null;
  #bits = 0;
  /** What was counted when the handle left. */
  #counted: { readonly read: number; readonly written: number } | null = null;

  constructor(uv: HandleTools, handle: OwnedHandle) {
    this.sink = null;
    this.uv = uv;
    this.#handle = handle;
    // Born stopped, also on a handle that somebody else was reading from.
    if (handle.reading === true) handle.readStop();
    handle[connectionOf] = this;
    handle.reading = false;
    if (ownsMemory(handle)) this.#bits = OWNS;
  }

  get takesShared(): boolean { return true; }
  get native(): unknown { return this.#handle; }
  set owner(owner: unknown) { this.uv.setOwner(this.#handle, owner); }
  get bytesRead(): number { return this.#handle === null ? (this.#counted?.read ?? 0) : this.#handle.bytesRead; }
  get bytesWritten(): number { return this.#handle === null ? (this.#counted?.written ?? 0) : this.#handle.bytesWritten; }
  get local(): Endpoint | null { return endpointOf(this.#handle, 'getsockname'); }
  get remote(): Endpoint | null { return endpointOf(this.#handle, 'getpeername'); }

  // ---- reading ------------------------------------------------------------------------------------------------------

  readStart(): void {
    const handle = this.#handle;
    if (handle === null || handle.reading || (this.#bits & ENDED) !== 0) return;
    handle.reading = true;
    this.#bits &= ~LENT;
    handle.onread = this.uv.onread ??= onreadOf(this.uv.bindings);
    const status = handle.readStart();
    if (status < 0) this.failLater(status, 'read');
  }

  readStop(): void {
    const handle = this.#handle;
    if (handle === null || !handle.reading) return;
    handle.reading = false;
    if ((this.#bits & LENDING) !== 0) this.#bits |= LENT;
    handle.readStop();
  }

  /** @internal The handle has read: into `given`, which is nobody else's, or where it was told to. */
  received(handle: OwnedHandle, size: number, given: ArrayBuffer | undefined): void {
    const { sink } = this;
    if (sink === null || (given === undefined && this.lend(handle, size, sink))) return;
    sink.onData(this.owned(handle, size, given));
    // The report may have closed the connection, or given it away.
    if (this.#handle !== handle || this.sink !== sink) return;
    if (this.canLend && sink.wantsBorrowed === 'while-stopped') {
      if (readOwn(handle, size)) this.#bits |= OWNS;
    } else if (given !== undefined) this.afterGiven(handle, size);
  }

  /** Offers the bytes where they lie. False when they have to be copied. */
  private lend(handle: OwnedHandle, size: number, sink: ChannelSink): boolean {
    const wanted = sink.wantsBorrowed;
    if (wanted === 'briefly') return sink.onBorrowed!(this.whereRead(handle, size));
    if (wanted !== 'while-stopped' || (this.#bits & OWNS) === 0) return false;
    this.#bits |= LENDING;
    try {
      return sink.onBorrowed!(ownBytes(handle, size));
    } finally {
      this.#bits &= ~LENDING;
    }
  }

  /** What the handle has read, where it was told to. */
  private whereRead(handle: OwnedHandle, size: number): Uint8Array {
    return (this.#bits & OWNS) === 0 ? sharedBytes(size) : ownBytes(handle, size);
  }

  /** Whether nothing is read while it is stopped, so that what was lent stays as it is. */
  protected get canLend(): boolean { return true; }

  /** What the handle has read, as memory of the receiver's. */
  protected owned(handle: OwnedHandle, size: number, given: ArrayBuffer | undefined): Uint8Array {
    if (given === undefined) return copyOf(this.whereRead(handle, size));
    // Newer Nodes leave some room behind the bytes, with who knows what in it.
    const bytes = Buffer.from(given, 0, size);
    return given.byteLength === size ? bytes : copyOf(bytes);
  }

  /** After a read into memory that libuv gave: whose reads are short had better copy them out of the buffer of all. */
  private afterGiven(handle: OwnedHandle, size: number): void {
    if (size >= LONG) this.#bits &= SHORT_READ - 1;
    else if ((this.#bits += SHORT_READ) >= SHORT_READS) {
      this.#bits &= SHORT_READ - 1;
      readShared(handle);
    }
  }

  /** @internal */
  ended(): void {
    if (this.#handle !== null) this.#handle.reading = false;
    this.#bits |= ENDED;
    this.sink?.onEnd();
  }

  // ---- writing ------------------------------------------------------------------------------------------------------

  write(chunk: Uint8Array): WriteStatus {
    const handle = this.#handle;
    if (handle === null) return WRITE_PENDING;
    checkBytes(chunk);
    const request = this.uv.request();
    return this.written(handle.writeBuffer(request, chunk), request, chunk);
  }

  writev(chunks: readonly Uint8Array[]): WriteStatus {
    const handle = this.#handle;
    if (handle === null) return WRITE_PENDING;
    for (const chunk of chunks) checkBytes(chunk);
    const request = this.uv.request();
    return this.written(handle.writev(request, chunks, true), request, chunks);
  }

  writeString(text: string, encoding: ChannelEncoding): WriteStatus {
    const handle = this.#handle;
    if (handle === null) return WRITE_PENDING;
    const request = this.uv.request();
    const status = encoding === 'utf8' ? handle.writeUtf8String(request, text) : handle.writeLatin1String(request, text);
    return this.written(status, request, text);
  }

  private written(status: number, request: WriteRequest, chunks: unknown): WriteStatus {
    if (status !== 0) {
      this.failLater(status, 'write');
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
    if ((this.#bits & DONE) !== 0) return;
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
    if ((this.#bits & DONE) === 0) this.sink?.onShutdownDone();
  }

  // ---- connecting ---------------------------------------------------------------------------------------------------

  /** @internal It is on its way there; only pipes have to remember. */
  dialled(_remote: Endpoint): void {}

  /** @internal */
  connected(status: number, remote: Endpoint, local: { address: string; port: number } | null): void {
    if ((this.#bits & DONE) !== 0) return;
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
    const handle = this.take();
    if (handle !== null) handle.close(closed);
  }

  abort(): void {
    const handle = this.take();
    if (handle === null) return;
    // A reset is refused while a FIN is under way, and pipes have none.
    if (handle.reset === undefined || handle.reset(closed) !== 0) handle.close(closed);
  }

  /** The handle leaves, still open and still this connection's until it reports that it is closed. */
  private take(): OwnedHandle | null {
    const handle = this.#handle;
    if (handle === null) return null;
    this.#bits |= DONE;
    this.forget(handle);
    return handle;
  }

  private forget(handle: OwnedHandle): void {
    this.#counted = { read: handle.bytesRead, written: handle.bytesWritten };
    letGo(handle);
    handle.onread = ignore;
    this.#handle = null;
  }

  detach(): unknown {
    const handle = this.#handle;
    if (handle === null) return null;
    this.#bits |= DONE;
    if (handle[connectionOf] !== this) {
      // Another has taken it over already.
      this.#counted = { read: handle.bytesRead, written: handle.bytesWritten };
      this.#handle = null;
      return handle;
    }
    handle.reading = false;
    handle.readStop();
    if ((this.#bits & LENT) !== 0) renewOwn(handle);
    this.owner = null;
    this.forget(handle);
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
    const handle = this.take();
    if (handle === null) return;
    handle[connectionOf] = undefined;
    handle.close();
    this.sink?.onClose(systemError({ errno: status, errors: this.uv.bindings.errors, syscall, endpoint, local, sockname }));
  }

  private failLater(status: number, syscall: string): void {
    process.nextTick(failNow, this, status, syscall);
  }
}

/** A handle ends the process where it is given anything else. */
function checkBytes(chunk: unknown): void {
  if (!isBytes(chunk)) throw invalidArgType('chunk', 'an instance of Uint8Array', chunk);
}

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
