import { allocate, encode, WRITE_DONE, WRITE_PENDING, type ChannelEncoding, type ChannelSink, type WriteStatus } from '@netstrata/stream-core';
import { systemError, type Connection, type ConnectSink, type Endpoint, type SystemError } from '@netstrata/transport';
import type { EventKind } from './events.js';
import type { Flow } from './flow.js';
import type { MemoryListener } from './listener.js';
import type { Binding } from './ports.js';
import { Reporter } from './reporter.js';

const CONNECTED = 1 << 0;
const WRITTEN = 1 << 1;
const SHUT_DOWN = 1 << 2;
const READABLE = 1 << 3;
const FAILED = 1 << 4;
const CLOSED = 1 << 5;

/** As much as one read takes. */
const READ = 65_536;
/** Linux forgets a closed connection whose peer knows of it and does not close after so long (tcp_fin_timeout). */
const FIN_TIMEOUT = 60_000;

/** Who makes a connection, until it is made. */
export interface Dialling {
  cancel(): void;
}

/** One end of a connection: what its program holds, and what its kernel knows. */
export class MemoryConnection extends Reporter implements Connection {
  sink: ChannelSink | null = null;
  owner: unknown = null;
  bytesRead = 0;
  bytesWritten = 0;
  readonly medium: 'tcp' | 'ipc' = 'ipc';
  /** Its number in the network's events; both ends have the same. */
  id = 0;
  incoming: Flow | null = null;
  outgoing: Flow | null = null;
  dialling: Dialling | null = null;
  /** Where it came in, until it was accepted. */
  waitsAt: MemoryListener | null = null;
  localEnd: Endpoint | null = null;
  remoteEnd: Endpoint | null = null;
  /** What was bound for it alone. */
  binding: Binding | null = null;
  /** How it stands in the books of its host's ports. */
  pair = '';
  isForgotten = false;
  #hasFile = false;
  #isReading = false;
  #endTold = false;
  #isClosed = false;
  #isWriting = false;
  #hasFailedWrite = false;
  #wasShutDown = false;
  #shutdownTold = false;
  #wasFirst = false;
  #waitsForEnd = false;
  #failure: string | SystemError | null = null;
  #nextRead = 0;

  // ---- what its program calls ---------------------------------------------------------------------------------------

  get local(): Endpoint | null { return this.#isClosed ? null : this.localEnd; }
  get remote(): Endpoint | null { return this.#isClosed ? null : this.remoteEnd; }

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

  writev(chunks: readonly Uint8Array[]): WriteStatus {
    let size = 0;
    for (const chunk of chunks) size += chunk.length;
    this.#writes(size, chunks);
    if (!this.#canWrite) return this.#fails();
    if (chunks.length > 1 && size <= READ) return this.#wrote(this.outgoing!.writeOwn(joined(chunks, size)));
    return this.#wrote(this.outgoing!.write(chunks));
  }

  writeString(text: string, encoding: ChannelEncoding): WriteStatus {
    const bytes = encode(text, encoding);
    this.#writes(bytes.length, [bytes]);
    return this.#canWrite ? this.#wrote(this.outgoing!.writeOwn(bytes)) : this.#fails();
  }

  /** On a path the system knows at once that the other end is closed; elsewhere only an answer tells. */
  get #canWrite(): boolean {
    if (this.#failure !== null || this.isForgotten) return false;
    return this.medium === 'tcp' || this.outgoing!.to.isHere;
  }

  shutdown(): void {
    this.#wasShutDown = true;
    this.#wasFirst = !this.incoming!.endArrived;
    if (this.#failure === null) {
      this.note('fin', 0);
      this.outgoing!.end();
    }
    this.#tellShutdown();
  }

  close(): void {
    if (!this.#release()) return;
    const { incoming, outgoing } = this;
    if (outgoing === null || incoming === null) this.forget();
    else if (incoming.inbox.length > 0) this.#reset();
    else if (!this.isForgotten) {
      outgoing.dropPending();
      if (!this.#wasShutDown) this.#wasFirst = !incoming.endArrived;
      if (!this.#wasShutDown) this.note('fin', 0);
      outgoing.end();
      this.forgetIfOver();
    }
  }

  abort(): void {
    if (!this.#release()) return;
    if (this.outgoing === null) this.forget();
    else this.#reset();
  }

  // Nothing outside of this process can ever reach it, so there is nothing to keep the process for.
  ref(): void {}
  unref(): void {}

  // ---- what its kernel does -----------------------------------------------------------------------------------------

  /** Whether bytes for it have somebody to go to. */
  get isHere(): boolean { return !this.#isClosed && this.#failure === null && !this.isForgotten && !this.stack.isDead; }
  /** Bytes that wait to be read. */
  get inboxLength(): number { return this.incoming?.inbox.length ?? 0; }
  get isClosed(): boolean { return this.#isClosed; }
  get isReading(): boolean { return this.#isReading; }
  get isConnected(): boolean { return this.outgoing !== null && this.#failure === null && !this.isForgotten; }
  /** Whether it ended before its peer did. */
  get wasFirst(): boolean { return this.#wasFirst; }
  get wasShutDown(): boolean { return this.#wasShutDown; }

  /** It takes a file from now on. False when there are too many. */
  openFile(): boolean {
    this.#hasFile ||= this.stack.openFile();
    return this.#hasFile;
  }

  /** It is connected: the sink is told. */
  connected(): void {
    this.dialling = null;
    this.#dueNow(CONNECTED);
  }

  /** It could not be connected. */
  notConnected(error: SystemError): void {
    this.dialling = null;
    this.note('fail', 0, null, error.code);
    this.#failure = error;
    this.forget();
    this.#dueNow(FAILED);
  }

  /** The kernel has taken what was pending: known already to who has just written it. */
  written(): void {
    if (this.#isWriting) this.#dueNow(WRITTEN);
  }

  /** The peer's kernel has heard that it is connected. */
  opened(): void {
    if (this.waitsAt === null || this.stack.isDead) return;
    const listener = this.waitsAt;
    this.waitsAt = null;
    listener.arrived(this);
  }

  readable(): void {
    this.#dueNow(READABLE);
  }

  endHasArrived(): void {
    if (this.#isClosed) {
      this.forgetIfOver();
      return;
    }
    this.note('end', 0);
    this.#dueNow(READABLE);
  }

  /** Word of the peer. */
  heard(): void {}

  /** Something on the way to the peer has changed. */
  checkPeer(): void {
    this.outgoing?.checkWindow();
  }

  /** An RST, or what comes to the same. */
  resetArrived(code: 'ECONNRESET' | 'ETIMEDOUT'): void {
    if (this.isForgotten || this.stack.isDead) return;
    this.note(code === 'ECONNRESET' ? 'reset' : 'fail', 0, null, code);
    this.waitsAt?.left(this);
    this.waitsAt = null;
    // Linux: after the peer's end it is the writing that fails.
    const failure = code === 'ECONNRESET' && this.incoming!.endArrived ? 'EPIPE' : code;
    this.forget();
    if (this.#isClosed || this.#failure !== null) return;
    this.#failure = failure;
    this.#dueNow(FAILED);
  }

  /** Bytes came for a program that has closed: the peer learns of it. */
  refuse(): void {
    if (this.stack.isDead) return;
    this.#sendReset();
    this.forget();
  }

  /** Nothing more can happen between the two. */
  forgetIfOver(): void {
    if (this.isForgotten || !this.#isClosed || this.outgoing === null) return;
    // Until all has got there the kernel goes on by itself.
    if (!this.outgoing.endAcknowledged) return;
    if (this.incoming!.endArrived) {
      this.forget();
    } else if (!this.#waitsForEnd) {
      this.#waitsForEnd = true;
      this.stack.host.network.time.after(FIN_TIMEOUT, forgetLater, this, true);
    }
  }

  /** Its host has crashed: it sends nothing any more, and nothing of it is to be waited for. */
  crashed(): void {
    this.outgoing?.stop();
  }

  /** The kernel lets it go. */
  forget(): void {
    if (this.isForgotten) return;
    this.isForgotten = true;
    this.outgoing?.stop();
    this.incoming?.checkWindow();
    this.stack.host.forget(this);
  }

  note(kind: EventKind, bytes: number, data: Uint8Array | null = null, text = ''): void {
    const { network } = this.stack.host;
    if (network.observer !== null) network.tell(kind, this.stack.host, this, bytes, data, text);
  }

  // ---- the reporter -------------------------------------------------------------------------------------------------

  protected get ready(): number {
    let ready = this.due;
    if (!this.#isReading) ready &= ~READABLE;
    if ((ready & FAILED) !== 0 && !this.#noticesFailure) ready &= ~FAILED;
    return ready;
  }

  /** Who neither reads nor writes hears nothing of it (Linux, libuv). */
  get #noticesFailure(): boolean {
    if (this.outgoing === null || this.dialling !== null || typeof this.#failure !== 'string') return true;
    if (this.#hasFailedWrite || this.#isWriting) return true;
    return this.#isReading && !this.#endTold && !this.incoming!.endArrived;
  }

  protected tell(): void {
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
      this.#tellShutdown();
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
      const wait = this.#nextRead - (this.#nextRead === 0 ? 0 : this.stack.host.network.time.now);
      if (wait > 0) {
        // A slow program: `schedule` would ask again at once.
        this.due &= ~READABLE;
        this.stack.host.network.time.after(wait, readLater, this);
        return;
      }
      const { readRate } = this.stack.host.limits;
      const bytes = incoming!.read(Math.min(inbox.length, READ));
      if (readRate !== undefined) this.#nextRead = this.stack.host.network.time.now + (bytes.length / readRate) * 1000;
      this.bytesRead += bytes.length;
      if (inbox.length === 0 && !incoming!.endArrived) this.due &= ~READABLE;
      this.note('read', bytes.length);
      sink!.onData(bytes);
      return;
    }
    this.due &= ~READABLE;
    if (!incoming!.endArrived || this.#endTold) return;
    this.#endTold = true;
    sink!.onEnd();
  }

  #fail(): void {
    this.due = 0;
    const failure = this.#failure!;
    const error = typeof failure === 'string' ? systemError({ code: failure, syscall: (this.#hasFailedWrite || this.#isWriting) && !this.#reads ? 'write' : 'read' }) : failure;
    this.#isClosed = true;
    this.#closeFile();
    // A kernel that still has bytes for it: nobody will read them.
    if (!this.isForgotten && this.outgoing !== null) this.#sendReset();
    this.forget();
    this.sink?.onClose(error);
  }

  get #reads(): boolean { return this.#isReading && !this.incoming!.endArrived; }

  #dueNow(bit: number): void {
    if (this.#isClosed) return;
    this.due |= bit;
    this.schedule();
  }

  #writes(size: number, chunks: readonly Uint8Array[]): void {
    this.bytesWritten += size;
    if (this.stack.host.network.observer === null) return;
    this.note('send', size, chunks.length === 1 ? chunks[0] : joined(chunks, size));
  }

  #wrote(done: boolean): WriteStatus {
    if (done) return WRITE_DONE;
    this.#isWriting = true;
    return WRITE_PENDING;
  }

  /** A write that cannot succeed: `onClose` will say so. */
  #fails(): WriteStatus {
    this.#failure ??= 'EPIPE';
    this.#hasFailedWrite = true;
    this.#dueNow(FAILED);
    return WRITE_PENDING;
  }

  #tellShutdown(): void {
    if (this.#wasShutDown && !this.#isWriting && !this.#shutdownTold) {
      this.#shutdownTold = true;
      this.#dueNow(SHUT_DOWN);
    }
  }

  /** False when it was closed already. */
  #release(): boolean {
    if (this.#isClosed) return false;
    this.note('close', 0);
    this.#isClosed = true;
    this.#closeFile();
    if (this.dialling !== null) {
      this.dialling.cancel();
      this.dialling = null;
      this.outgoing = null;
    }
    this.due = CLOSED;
    this.schedule();
    return true;
  }

  #closeFile(): void {
    if (!this.#hasFile) return;
    this.#hasFile = false;
    this.stack.openFiles--;
  }

  #reset(): void {
    if (this.isForgotten) return;
    this.#sendReset();
    this.forget();
  }

  #sendReset(): void {
    const { to: peer, path, rest } = this.outgoing!;
    const { time } = this.stack.host.network;
    const delay = path.isIdeal && rest === 0 ? 0 : path.delay(0, time.now);
    if (delay === null) this.note('lost', 0);
    else if (path.isIdeal && rest === 0) peer.resetArrived('ECONNRESET');
    else time.after(Math.max(delay, rest), resetArrives, peer);
  }

  /** @internal */
  readAgain(): void {
    this.#nextRead = 0;
    this.#dueNow(READABLE);
  }
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = allocate(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function resetArrives(connection: MemoryConnection): void { connection.resetArrived('ECONNRESET'); }
function forgetLater(connection: MemoryConnection): void { connection.forget(); }
function readLater(connection: MemoryConnection): void { connection.readAgain(); }
