import { WRITE_DONE, WRITE_PENDING, type ChannelEncoding, type ChannelSink, type WriteStatus } from '@netstrata/stream-core';
import { systemError, type AddressAndPort, type Connection, type ConnectSink, type Endpoint } from '@netstrata/transport';
import type { ShutdownRequest, StreamHandle, WriteRequest } from './bindings.js';
import { bufferOf, change, changeNow } from './changing-buffer.js';
import type { HandleTools } from './handle-tools.js';
import {
  behind, giveMemoryBack, IN_PLACE_FROM, keepSpare, largeBuffer, LENT_FROM, replacementOf, smallBuffer, takeMemory, wasTooSmall,
} from './own-memory.js';
import { endpointOf } from './endpoint-of.js';
import { connectionOf, ignore, onreadOf, type OwnedHandle } from './onread.js';
import { cut, readBuffer } from './read-buffer.js';

/*
 * What a connection knows of itself, one bit each.
 */
/** The peer's FIN was reported. */
const ENDED = 1 << 0;
/** `onClose` was reported, or the handle is on its way there: nothing else may be reported. */
const DONE = 1 << 1;
/** It has memory of its own to read into, and is counted for it. */
const OWNS = 1 << 2;
/** It reads into memory of the user's. */
const READS_INTO = 1 << 3;
/** Inside a call that says what was read. */
const REPORTING = 1 << 4;

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
    // Once for each handle: every call leaves a listener on it. Before anybody else (tls) puts a listener of their own on top.
    // An object of JavaScript's in the shape of a handle has no such method: tests are made of such.
    handle[connectionOf]?.disown();
    if (!(connectionOf in handle)) (handle as Partial<StreamHandle>).useUserBuffer?.(readBuffer);
    else if (handle[bufferOf] !== undefined && takeMemory()) this.#bits = OWNS;
    handle[connectionOf] = this;
    handle.reading = false;
  }

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
    handle.onread = this.uv.onread ??= onreadOf(this.uv.bindings);
    const status = handle.readStart();
    if (status < 0) this.failLater(status, 'read');
  }

  readStop(): void {
    const handle = this.#handle;
    if (handle === null || !handle.reading) return;
    handle.reading = false;
    handle.readStop();
  }

  readInto(buffer: Uint8Array): boolean {
    const handle = this.#handle;
    if (handle === null) return false;
    this.#bits |= READS_INTO;
    // Within a report it is the value that `onread` gives back.
    if ((this.#bits & REPORTING) !== 0) handle[bufferOf] = buffer;
    else changeNow(handle, buffer);
    return true;
  }

  /** @internal The handle has read into its buffer; gives the buffer that it shall read into next, if that is another. */
  received(handle: OwnedHandle, size: number): Uint8Array | undefined {
    const { sink } = this;
    const buffer = handle[bufferOf];
    if (sink === null) return undefined;
    if (buffer === undefined) {
      sink.onData(cut(readBuffer, size));
      return size < LENT_FROM ? undefined : this.ownMemory(handle, size, sink);
    }
    if ((this.#bits & READS_INTO) !== 0) return this.reportInto(handle, buffer, size, sink);
    if (sink.wantsBorrowed === true) return this.lend(handle, buffer, size, sink);
    if (size >= IN_PLACE_FROM) {
      // Before the report: whoever hears of it may read on, on another connection over this handle.
      const next = change(handle, behind(buffer as Buffer, size));
      sink.onData(buffer.subarray(0, size));
      return handle[bufferOf] === next ? next : undefined;
    }
    sink.onData(cut(buffer, size));
    if (size >= LENT_FROM || handle[bufferOf] !== buffer) return undefined;
    // Small reads: back to the buffer of all, whose memory costs nothing.
    this.disown();
    keepSpare(buffer);
    return change(handle, readBuffer);
  }

  /** After a long read: memory of its own, where the next one can do without a copy. */
  private ownMemory(handle: OwnedHandle, size: number, sink: ChannelSink): Uint8Array | undefined {
    // The report may have closed the connection, or given it away.
    if (this.#handle !== handle || this.sink !== sink || handle[bufferOf] !== undefined) return undefined;
    const lends = sink.wantsBorrowed === true;
    if ((!lends && size < IN_PLACE_FROM) || !takeMemory()) return undefined;
    this.#bits |= OWNS;
    return change(handle, lends ? smallBuffer() : largeBuffer());
  }

  private lend(handle: OwnedHandle, buffer: Uint8Array, size: number, sink: ChannelSink): Uint8Array | undefined {
    let outcome: boolean | 'kept';
    try {
      outcome = sink.onBorrowed!(buffer.subarray(0, size));
    } catch (error) {
      // A listener of the user's: for all that is known the bytes are being written.
      changeNow(handle, replacementOf(buffer));
      throw error;
    }
    if (outcome === false) sink.onData(cut(buffer, size));
    if (handle[bufferOf] !== buffer) return undefined;
    if (wasTooSmall(buffer, size)) return change(handle, largeBuffer());
    return outcome === 'kept' ? change(handle, replacementOf(buffer)) : undefined;
  }

  private reportInto(handle: OwnedHandle, buffer: Uint8Array, size: number, sink: ChannelSink): Uint8Array | undefined {
    this.#bits |= REPORTING;
    try {
      sink.onBorrowed!(size === buffer.length ? buffer : buffer.subarray(0, size));
    } catch (error) {
      if (handle[bufferOf] !== buffer) changeNow(handle, handle[bufferOf]!);
      throw error;
    } finally {
      this.#bits &= ~REPORTING;
    }
    return handle[bufferOf] === buffer ? undefined : change(handle, handle[bufferOf]!);
  }

  private disown(): void {
    if ((this.#bits & OWNS) === 0) return;
    this.#bits &= ~OWNS;
    giveMemoryBack();
  }

  /** What the handle has read, as a copy. */
  protected copied(handle: OwnedHandle, size: number): Uint8Array {
    return cut(handle[bufferOf] ?? readBuffer, size);
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
    const request = this.uv.request();
    return this.written(handle.writeBuffer(request, chunk), request, chunk);
  }

  writev(chunks: readonly Uint8Array[]): WriteStatus {
    const handle = this.#handle;
    if (handle === null) return WRITE_PENDING;
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
    this.disown();
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
    // The user's memory stays behind.
    if ((this.#bits & READS_INTO) !== 0) changeNow(handle, largeBuffer());
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
