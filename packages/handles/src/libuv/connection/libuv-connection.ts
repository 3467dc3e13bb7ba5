import {
  copyOf, immediate, invalidArgType, isBytes, WRITE_DONE, WRITE_PENDING,
  type ChannelEncoding, type ChannelSink, type WriteStatus,
} from '@netstrata/stream-core';
import { systemError, type AddressAndPort, type Connection, type ConnectSink, type Endpoint } from '@netstrata/transport';
import { hasFailed, type StreamHandle, type WriteRequest } from '../../native/stream-handle.js';
import { endpointOf } from '../binding/endpoint-of.js';
import type { LoanMemory } from '../memory/loan-memory.js';
import { closed, closedFor, connectionOf, ignore, shutdownComplete, type HandleOwner, type OwnedHandle } from './handle-callbacks.js';
import type { LibuvContext } from './libuv-context.js';

/** Reads of this size and above are long: better left to the receiver as libuv gave them than copied. */
const LONG_READ = 32_768;
/** After so many in a row a connection is one of short reads. That few prove nothing: what a long one left over is short, too. */
const SHORT_READS = 8;

/** What writes fail with when the peer is gone. */
const PEER_GONE = new Set<string | undefined>(['EPIPE', 'ECONNRESET', 'ECONNABORTED']);
/** A peer that is gone has left no more than its send and our receive buffer; one that is not could go on forever. */
const MOST_TURNS = 100;

/** The peer's FIN was reported. */
const ENDED = 1 << 0;
/** The system is asked once more whether it was a FIN. */
const ASKED = 1 << 1;
/** This side sends its own. */
const SHUT = 1 << 2;
/** It waits for a write. */
const SHUT_LATER = 1 << 3;
/** The system has not sent it yet. */
const SHUTTING = 1 << 4;

/**
 * Owns a handle of Node's, and moves the bytes of one connection over it. What pipes know besides is in `PipeConnection`, what TCP can do
 * besides in `TcpConnection`.
 */
export class LibuvConnection implements Connection, HandleOwner {
  sink: ChannelSink | null;
  /** @internal */
  protected readonly uv: LibuvContext;
  /** Null once it is closed, failed or given away: nothing but the `onClose` of a close may be reported from then on. */
  #handle: OwnedHandle | null;
  /** How far both directions have come to their ends: bits of those above. */
  #ends = 0;
  /** How many reads in a row were short ones, into memory that libuv gave. */
  #shortReads = 0;
  /** What the handle reads into, where it has loan memory. */
  #loan: LoanMemory | null;
  /** The system has not taken all of what was written. */
  #writes = false;
  /** The handle that is to be reset when the FIN is out. */
  #resetting: OwnedHandle | null = null;
  /** Why a write has failed, while what the peer has sent before is still read; 0 for none. */
  #failedWrite = 0;
  /** What was counted when the handle left. */
  #counted: { readonly read: number; readonly written: number } | null = null;

  /** `shares`: what is read stays that of the connection which has the handle. */
  constructor(uv: LibuvContext, handle: OwnedHandle, shares: boolean) {
    this.sink = null;
    this.uv = uv;
    this.#handle = handle;
    this.#loan = uv.memory.loanOf(handle);
    if (shares) return;
    // Born stopped, also on a handle that something else was reading from.
    if (handle.reading === true) handle.readStop?.();
    handle[connectionOf] = this;
    handle.reading = false;
    // Once: what a program puts in its place stays there.
    handle.onread = uv.onread;
  }

  get takesShared(): boolean { return true; }
  get native(): unknown { return this.#handle; }
  set owner(owner: unknown) { if (this.#handle?.[connectionOf] === this) this.uv.setOwner(this.#handle, owner); }
  get bytesRead(): number { return this.#handle === null ? (this.#counted?.read ?? 0) : this.#handle.bytesRead; }
  get bytesWritten(): number { return this.#handle === null ? (this.#counted?.written ?? 0) : this.#handle.bytesWritten; }
  get local(): Endpoint | null { return endpointOf(this.#handle, 'getsockname'); }
  get remote(): Endpoint | null { return endpointOf(this.#handle, 'getpeername'); }

  // ---- reading ------------------------------------------------------------------------------------------------------

  readStart(): void {
    const handle = this.#handle;
    if (handle === null || handle.reading || (this.#ends & ENDED) !== 0) return;
    handle.reading = true;
    this.#loan?.started();
    const status = handle.readStart();
    if (hasFailed(status)) this.failLater(status, 'read');
  }

  readStop(): void {
    const handle = this.#handle;
    if (handle === null || !handle.reading) return;
    handle.reading = false;
    this.#loan?.stopped();
    handle.readStop?.();
  }

  /** @internal The handle has read: into `given`, which is the receiver's, or into shared or loan memory. */
  received(handle: OwnedHandle, size: number, given: ArrayBuffer | undefined): void {
    const { sink } = this;
    if (sink === null || (given === undefined && this.lend(size, sink))) return;
    sink.onData(this.owned(size, given));
    // The report may have closed the connection, or given it away.
    if (this.#handle !== handle || this.sink !== sink) return;
    if (this.canLend && sink.wantsBorrowed === 'while-stopped') this.#loan ??= this.uv.memory.lend(handle, size);
    else if (given !== undefined) this.afterGiven(handle, size);
  }

  /** Offers the bytes where they lie. False when they have to be copied. */
  private lend(size: number, sink: ChannelSink): boolean {
    const wanted = sink.wantsBorrowed;
    if (wanted === 'briefly') return sink.onBorrowed!(this.whereRead(size));
    return wanted === 'while-stopped' && this.#loan !== null && this.#loan.offer(size, sink);
  }

  /** What the handle has read into shared or loan memory. */
  private whereRead(size: number): Uint8Array {
    return this.#loan === null ? this.uv.memory.sharedBytes(size) : this.#loan.read(size);
  }

  /** Whether nothing is read while it is stopped, so that what was lent stays as it is. */
  protected get canLend(): boolean { return true; }

  /** What the handle has read, as memory of the receiver's. */
  protected owned(size: number, given: ArrayBuffer | undefined): Uint8Array {
    if (given === undefined) return copyOf(this.whereRead(size));
    // Newer Nodes leave some room behind the bytes, with who knows what in it.
    const bytes = Buffer.from(given, 0, size);
    return given.byteLength === size ? bytes : copyOf(bytes);
  }

  /** After a read into memory that libuv gave. Reads that are short are better copied out of the shared buffer. */
  private afterGiven(handle: OwnedHandle, size: number): void {
    this.#shortReads = size >= LONG_READ ? 0 : this.#shortReads + 1;
    if (this.#shortReads < SHORT_READS) return;
    this.#shortReads = 0;
    this.uv.memory.share(handle);
  }

  /** @internal */
  ended(): void {
    const handle = this.#handle;
    if (handle !== null && this.#ends === 0 && this.mayHideReset(handle)) {
      this.#ends = ASKED;
      handle.readStart();
      return;
    }
    if (handle !== null) handle.reading = false;
    this.#ends |= ENDED;
    if (this.#failedWrite !== 0) {
      this.fail(this.#failedWrite, 'write');
      return;
    }
    this.sink?.onEnd();
  }

  /** Whether an end may be a reset that libuv has taken for one: the next read tells. */
  protected mayHideReset(_handle: StreamHandle): boolean { return false; }

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
    if (hasFailed(status)) {
      if (this.readsOn(status)) this.readRest(status);
      else this.failLater(status, 'write');
      return WRITE_PENDING;
    }
    if (this.uv.lastWriteWasDone()) return WRITE_DONE;
    this.uv.keep(request);
    request.connection = this;
    request.chunks = chunks;
    this.#writes = true;
    return WRITE_PENDING;
  }

  /** @internal */
  writeSettled(status: number): void {
    const handle = this.#handle;
    this.#writes = false;
    if (handle === null) return;
    if (status >= 0) {
      if ((this.#ends & SHUT_LATER) !== 0) this.shut(handle);
      this.sink?.onWriteDone();
    } else if (this.readsOn(status)) this.readRest(status);
    else this.fail(status, 'write');
  }

  /** Whether a write has failed since the peer is gone, while there may be bytes of it that were not read. */
  private readsOn(status: number): boolean {
    return this.#handle?.reading === true && this.#ends === 0 && PEER_GONE.has(this.uv.bindings.errors.get(status)?.[0]);
  }

  /** What the peer sent before it went is reported before the write that failed: an answer with the reason, often enough. */
  private readRest(status: number): void {
    if (this.#failedWrite !== 0) return;
    this.#failedWrite = status;
    const { bytesRead } = this;
    // The loop has polled for certain when it has gone round twice.
    immediate(() => immediate(() => { this.failOnceRead(bytesRead, MOST_TURNS); }));
  }

  /** The loop has gone round: reports the failed write unless more was read meanwhile, and is still read. */
  private failOnceRead(read: number, turns: number): void {
    if (this.#handle === null) return;
    const { bytesRead } = this;
    if (this.#handle.reading === true && bytesRead > read && turns > 0) immediate(() => { this.failOnceRead(bytesRead, turns - 1); });
    else this.fail(this.#failedWrite, 'write');
  }

  shutdown(): void {
    const handle = this.#handle;
    if (handle === null) return;
    this.#ends |= SHUT;
    // Behind a write libuv would hold it back as long, and refuse a reset meanwhile.
    if (this.#writes) this.#ends |= SHUT_LATER;
    else this.shut(handle);
  }

  private shut(handle: OwnedHandle): void {
    const request = new this.uv.bindings.ShutdownWrap();
    request.connection = this;
    request.oncomplete = shutdownComplete;
    this.#ends = (this.#ends & ~SHUT_LATER) | SHUTTING;
    // The end cannot be sent to a peer that is gone already.
    if (!hasFailed(handle.shutdown(request))) return;
    this.#ends &= ~SHUTTING;
    process.nextTick(reportShutdown, this);
  }

  /** @internal */
  shutdownDone(): void {
    const resetting = this.#resetting;
    this.#ends &= ~SHUTTING;
    this.#resetting = null;
    if (resetting !== null) this.reset(resetting);
    else if (this.#handle !== null) this.sink?.onShutdownDone();
  }

  // ---- connecting ---------------------------------------------------------------------------------------------------

  /** @internal It is about to connect there; only pipes have to remember. */
  connecting(_remote: Endpoint): void {}

  /** @internal */
  connected(status: number, remote: Endpoint, local: AddressAndPort | null): void {
    if (this.#handle === null) return;
    if (status < 0) this.fail(status, 'connect', remote, local);
    else (this.sink as ConnectSink | null)?.onConnect();
  }

  ref(): void {
    const handle = this.#handle;
    if (handle === null) return;
    handle.ref?.();
    // Node's http agent holds a connection that it uses again; it has just put there what Node's own sockets read with.
    if (handle.onread?.name === 'onStreamRead') handle.onread = this.uv.onread;
  }

  unref(): void { this.#handle?.unref?.(); }

  // ---- the end ------------------------------------------------------------------------------------------------------

  close(): void {
    const handle = this.leave();
    if (handle !== null) handle.close(this.whenClosed(handle));
  }

  /** What tells of the end of a handle; a function for this connection alone only where it must be one. */
  private whenClosed(handle: OwnedHandle): (this: StreamHandle) => void {
    return handle.close === this.uv.nativeClose && handle[connectionOf] === this ? closed : closedFor(this);
  }

  abort(): void {
    const handle = this.leave();
    if (handle === null) return;
    // A reset is refused while a FIN is under way, and Node takes the handle for closed all the same. It is out in the next turn.
    if ((this.#ends & SHUTTING) !== 0) this.#resetting = handle;
    else this.reset(handle);
  }

  /** Pipes have none. */
  private reset(handle: OwnedHandle): void {
    const whenClosed = this.whenClosed(handle);
    if (typeof handle.reset !== 'function' || hasFailed(handle.reset(whenClosed))) handle.close(whenClosed);
  }

  /** The connection stops using the handle, which is still open. It stays the handle's connection until that reports that it is closed. */
  private leave(): OwnedHandle | null {
    const handle = this.#handle;
    if (handle === null) return null;
    this.count(handle);
    if (this.#loan !== null) this.uv.memory.release(this.#loan);
    handle.onread = ignore;
    this.#handle = null;
    return handle;
  }

  private count(handle: OwnedHandle): void {
    this.#counted = { read: handle.bytesRead, written: handle.bytesWritten };
  }

  detach(): unknown {
    const handle = this.#handle;
    if (handle === null) return null;
    if (handle[connectionOf] !== this) {
      // Another connection uses it already.
      this.count(handle);
      this.#handle = null;
      return handle;
    }
    // As long as this one hears when it may be sent.
    if ((this.#ends & SHUT_LATER) !== 0) this.shut(handle);
    handle.reading = false;
    handle.readStop?.();
    if (this.#loan?.isLent === true) this.uv.memory.renew(handle);
    this.owner = null;
    this.leave();
    handle[connectionOf] = undefined;
    return handle;
  }

  /** @internal */
  reportClosed(): void {
    this.sink?.onClose(this.failedWrite());
  }

  /** Why a write has failed, where that was not reported yet. */
  private failedWrite(): Error | null {
    if (this.#failedWrite === 0) return null;
    return systemError({ errno: this.#failedWrite, errors: this.uv.bindings.errors, syscall: 'write' });
  }

  protected get handle(): StreamHandle | null { return this.#handle; }

  /** @internal The connection is dead: the handle goes, and the sink gets the reason. */
  fail(status: number, syscall: string, endpoint?: Endpoint, local?: AddressAndPort | null, sockname?: AddressAndPort | null): void {
    const handle = this.leave();
    if (handle === null) return;
    if (handle[connectionOf] === this) handle[connectionOf] = undefined;
    handle.close();
    const { errors } = this.uv.bindings;
    this.sink?.onClose(this.failedWrite() ?? systemError({ errno: status, errors, syscall, endpoint, local, sockname }));
  }

  private failLater(status: number, syscall: string): void {
    process.nextTick(failNow, this, status, syscall);
  }
}

/** A handle ends the process where it is given anything else. */
function checkBytes(chunk: unknown): void {
  if (!isBytes(chunk)) throw invalidArgType('chunk', 'an instance of Uint8Array', chunk);
}

function reportShutdown(connection: LibuvConnection): void {
  connection.shutdownDone();
}

function failNow(connection: LibuvConnection, status: number, syscall: string): void {
  connection.fail(status, syscall);
}
