import {
  encode, joined, sizeOf, WRITE_DONE, WRITE_PENDING, type ChannelEncoding, type ChannelSink, type WriteStatus,
} from '@netstrata/stream-core';
import { systemError, type Connection, type ConnectSink, type Endpoint, type SystemError } from '@netstrata/transport';
import { KernelEnd } from './kernel-end.js';

const CONNECTED = 1 << 0;
const WRITTEN = 1 << 1;
const SHUT_DOWN = 1 << 2;
const READABLE = 1 << 3;
const FAILED = 1 << 4;
const CLOSED = 1 << 5;

/** The most that one read gives. */
const READ = 65_536;

/** One end of a connection, as its program holds it. Owns its sink, and what is reported to that. */
export class MemoryConnection extends KernelEnd implements Connection {
  sink: ChannelSink | null = null;
  readonly takesShared = true;
  owner: unknown = null;
  bytesRead = 0;
  bytesWritten = 0;
  #isReading = false;
  #endReported = false;
  #isWriting = false;
  #hasFailedWrite = false;
  #wasShutDown = false;
  #shutdownReported = false;
  #nextRead = 0;

  // ---- what its program calls ---------------------------------------------------------------------------------------

  get local(): Endpoint | null { return this.closed ? null : this.localEnd; }
  get remote(): Endpoint | null { return this.closed ? null : this.remoteEnd; }

  /** `dial` begins to make the connection, and returns the error where there is one at once. */
  connect(sink: ConnectSink, dial: () => SystemError | null): this {
    this.sink = sink;
    if (this.closed || this.hasCrashed) return this;
    const error = dial();
    if (error !== null) this.refusedAtOnce(error);
    return this;
  }

  readStart(): void {
    this.#isReading = true;
    this.schedule();
  }

  readStop(): void {
    this.#isReading = false;
  }

  write(chunk: Uint8Array): WriteStatus {
    return this.writev([chunk]);
  }

  writev(all: readonly Uint8Array[]): WriteStatus {
    // Those without bytes may be without memory, too.
    const chunks = all.every(hasBytes) ? all : all.filter(hasBytes);
    let size = 0;
    for (const chunk of chunks) size += sizeOf(chunk);
    this.#writes(size, chunks);
    if (!this.#canWrite) return this.#fails();
    if (chunks.length > 1 && size <= READ) return this.#wrote(this.outgoing!.writeOwned(joined(chunks)));
    return this.#wrote(this.outgoing!.write(chunks));
  }

  writeString(text: string, encoding: ChannelEncoding): WriteStatus {
    return this.write(encode(text, encoding));
  }

  /** On a path the system knows at once that the other end is closed; elsewhere only an answer tells. */
  get #canWrite(): boolean {
    if (this.failure !== null || this.isForgotten) return false;
    return this.medium === 'tcp' || this.outgoing!.to.isHere;
  }

  shutdown(): void {
    this.#wasShutDown = true;
    this.wasFirst = !this.incoming!.endArrived;
    if (this.failure === null) {
      this.note('fin', 0);
      this.outgoing!.end();
    }
    this.#reportShutdown();
  }

  close(): void {
    if (!this.#release()) return;
    const { incoming, outgoing } = this;
    if (outgoing === null || incoming === null) this.forget();
    else if (incoming.inbox.length > 0) this.reset();
    else if (!this.isForgotten) {
      outgoing.dropPending();
      if (!this.#wasShutDown) this.wasFirst = !incoming.endArrived;
      if (!this.#wasShutDown) this.note('fin', 0);
      outgoing.end();
      this.forgetIfOver();
    }
  }

  /** Closes at once: the peer gets a reset. */
  abort(): void {
    if (!this.#release()) return;
    if (this.outgoing === null) this.forget();
    else this.reset();
  }

  // Nothing outside of this process can reach it, so there is no reason to keep the process alive.
  ref(): void {}
  /** Does nothing: a network in memory keeps no process alive. */
  unref(): void {}

  // ---- what its kernel reports ---------------------------------------------------------------------------------------

  /** Whether its program takes what arrives. */
  get isReading(): boolean { return this.#isReading; }
  /** It is being made, or its program has no report yet that it was. */
  get isConnecting(): boolean { return this.dialling !== null || (this.due & CONNECTED) !== 0; }
  /** Whether its program has ended the sending side. */
  get wasShutDown(): boolean { return this.#wasShutDown; }

  /** It is connected. */
  connected(): void {
    this.dialling = null;
    this.#dueNow(CONNECTED);
  }

  /** It could not be connected. */
  notConnected(error: SystemError): void {
    this.#notConnected(error);
    this.schedule();
  }

  /** The same, where that is known at once: it is reported in the next tick. */
  refusedAtOnce(error: SystemError): void {
    this.#notConnected(error);
    this.scheduleNow();
  }

  #notConnected(error: SystemError): void {
    if (this.closed) return;
    this.dialling?.cancel();
    this.dialling = null;
    this.note('fail', 0, null, error.code);
    this.failure = error;
    this.forget();
    this.due = FAILED;
  }

  /** The kernel has accepted what was pending; within `write` the caller gets that as its result. */
  written(): void {
    if (this.#isWriting) this.#dueNow(WRITTEN);
  }

  protected override failureDue(): void {
    this.#dueNow(FAILED);
  }

  /** @internal */
  opened(): void {
    if (this.listenQueue === null || this.hasCrashed) return;
    const queue = this.listenQueue;
    this.listenQueue = null;
    queue.completed(this);
  }

  /** @internal */
  readable(): void {
    this.#dueNow(READABLE);
  }

  // ---- the reporter -------------------------------------------------------------------------------------------------

  /** Without a sink nothing is reported. */
  protected get ready(): number {
    if (this.sink === null) return 0;
    let ready = this.due;
    if (!this.#isReading) ready &= ~READABLE;
    if ((ready & FAILED) !== 0 && !this.#noticesFailure) ready &= ~FAILED;
    return ready;
  }

  /** A program that neither reads nor writes does not notice a failure (Linux, libuv). */
  get #noticesFailure(): boolean {
    if (this.outgoing === null || this.dialling !== null || typeof this.failure !== 'string') return true;
    if (this.#hasFailedWrite || this.#isWriting) return true;
    return this.#isReading && !this.#endReported && !this.incoming!.endArrived;
  }

  protected report(): void {
    const { ready, sink } = this;
    if ((ready & CLOSED) !== 0) {
      this.due = 0;
      sink?.onClose(null);
    } else if ((ready & CONNECTED) !== 0) {
      this.due &= ~CONNECTED;
      (sink as ConnectSink).onConnect();
    } else if ((ready & WRITTEN) !== 0) {
      this.due &= ~WRITTEN;
      this.#isWriting = false;
      this.#reportShutdown();
      sink!.onWriteDone();
    } else if ((ready & SHUT_DOWN) !== 0) {
      this.due &= ~SHUT_DOWN;
      sink!.onShutdownDone();
    } else if ((ready & READABLE) !== 0) {
      this.#read();
    } else if ((ready & FAILED) !== 0) {
      this.#fail();
    }
  }

  #read(): void {
    const { incoming, sink } = this;
    const { inbox } = incoming!;
    if (inbox.length > 0) {
      const { time, limits } = this.kernel;
      const wait = this.#nextRead - (this.#nextRead === 0 ? 0 : time.now);
      if (wait > 0) {
        // A slow program: `schedule` would report again at once.
        this.due &= ~READABLE;
        time.after(wait, readLater, this);
        return;
      }
      const { readRate } = limits;
      const bytes = incoming!.read(Math.min(inbox.length, READ));
      if (readRate !== undefined) {
        this.host.encounters.slowReads++;
        this.#nextRead = time.now + (bytes.length / readRate) * 1000;
      }
      this.bytesRead += bytes.length;
      if (inbox.length === 0 && !incoming!.endArrived) this.due &= ~READABLE;
      this.note('read', bytes.length);
      sink!.onData(bytes);
      return;
    }
    this.due &= ~READABLE;
    if (!incoming!.endArrived || this.#endReported) return;
    this.#endReported = true;
    sink!.onEnd();
  }

  #fail(): void {
    this.due = 0;
    const failure = this.failure!;
    const writes = (this.#hasFailedWrite || this.#isWriting) && !this.#reads;
    const error = typeof failure === 'string' ? systemError({ code: failure, syscall: writes ? 'write' : 'read' }) : failure;
    this.closed = true;
    this.closeFile();
    // A peer that still sends learns that its bytes will not be read.
    if (!this.isForgotten && this.outgoing !== null) this.sendReset();
    this.forget();
    this.sink?.onClose(error);
  }

  get #reads(): boolean { return this.#isReading && !this.incoming!.endArrived; }

  #dueNow(bit: number): void {
    if (this.closed) return;
    this.due |= bit;
    this.schedule();
  }

  #writes(size: number, chunks: readonly Uint8Array[]): void {
    this.bytesWritten += size;
    if (this.isObserved) this.note('send', size, joined(chunks));
  }

  #wrote(done: boolean): WriteStatus {
    if (done) return WRITE_DONE;
    this.#isWriting = true;
    return WRITE_PENDING;
  }

  /** A write that cannot succeed: `onClose` will say so. */
  #fails(): WriteStatus {
    this.failure ??= 'EPIPE';
    this.#hasFailedWrite = true;
    this.#dueNow(FAILED);
    return WRITE_PENDING;
  }

  #reportShutdown(): void {
    if (this.#wasShutDown && !this.#isWriting && !this.#shutdownReported) {
      this.#shutdownReported = true;
      this.#dueNow(SHUT_DOWN);
    }
  }

  /** False when it was closed already. */
  #release(): boolean {
    if (this.closed) return false;
    this.note('close', 0);
    this.closed = true;
    this.closeFile();
    if (this.dialling !== null) {
      this.dialling.cancel();
      this.dialling = null;
      this.outgoing = null;
    }
    this.endWith(CLOSED);
    return true;
  }

  /** @internal */
  readAgain(): void {
    this.#nextRead = 0;
    this.#dueNow(READABLE);
  }
}

function hasBytes(chunk: Uint8Array): boolean { return sizeOf(chunk) > 0; }
function readLater(connection: MemoryConnection): void { connection.readAgain(); }
