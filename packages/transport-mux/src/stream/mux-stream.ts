import { bare, copyOf, sizeOf, WRITE_DONE, WRITE_PENDING, type ChannelSink, type WriteStatus } from '@netstrata/stream-core';
import { systemError, type Connection, type ConnectSink, type Endpoint } from '@netstrata/transport';
import { FIN, INITIAL_WINDOW, RST, WINDOW_UPDATE } from '../frames/header.js';
import { Inbox } from './inbox.js';
import { PendingWrite } from './pending-write.js';
import { throwAlone } from './throw-alone.js';
import type { FrameWriter, StreamHost, StreamPlace } from './stream-host.js';

/**
 * More than this is not gathered at once. Each write of the carrier may have to wake its reader: a stream that fills its window does so
 * with one.
 */
export const BATCH = 262_144;

/*
 * How far a stream has come.
 */
/** Nothing was said of it: there is no carrier yet, or too many wait for the peer's answer. */
const WAITING = 0;
/** SYN was said. */
const DIALLING = 1;
/** It may be read and written. */
const OPEN = 2;
/** Closed or failed: `onClose` is on its way, or was called. */
const GONE = 3;

/** One stream of a session: a connection. All that moves bytes of it is one state machine, and so one file. */
export class MuxStream implements Connection {
  sink: ChannelSink | null;
  bytesRead = 0;
  bytesWritten = 0;
  readonly takesShared = true;
  readonly writevLimit = BATCH;
  /** 0 until there is one. */
  id = 0;
  #phase = WAITING;
  #place: StreamPlace;
  /** Null before it has joined a session, and when nothing more is to be said there. */
  #host: StreamHost | null = null;
  /** The session that it lives or has lived in. */
  #home: StreamHost | null = null;
  #dialling: ConnectSink | null;
  /** The peer has answered. */
  #isAccepted: boolean;
  readonly #near: Endpoint | null;
  readonly #far: Endpoint | null;
  #isHeld = true;
  /** What `onClose` will report. `close` replaces a failure that was not reported yet. */
  #error: Error | null = null;

  /** With the sink of who dials it; null for one that is accepted. */
  constructor(place: StreamPlace, dialling: ConnectSink | null, near: Endpoint | null, far: Endpoint | null) {
    this.#place = place;
    this.#dialling = this.sink = dialling;
    this.#isAccepted = dialling === null;
    this.#near = near;
    this.#far = far;
    place.hold(1);
  }

  get local(): Endpoint | null {
    return this.#phase === GONE ? null : (this.#near ?? this.#home?.local ?? null);
  }

  get remote(): Endpoint | null {
    return this.#phase === GONE ? null : this.#far;
  }

  ref(): void {
    this.#hold(true);
  }

  unref(): void {
    this.#hold(false);
  }

  #hold(on: boolean): void {
    if (this.#isHeld === on || this.#phase === GONE) return;
    this.#isHeld = on;
    this.#place.hold(on ? 1 : -1);
  }

  // ---- opening ------------------------------------------------------------------------------------------------------

  /** It goes over to a session: nothing is said there yet. */
  join(host: StreamHost): void {
    if (this.#isHeld) {
      this.#place.hold(-1);
      host.hold(1);
    }
    this.#place = this.#host = this.#home = host;
  }

  /** SYN was said, with this id. `early`: the connection stands. */
  dialled(id: number, early: boolean): void {
    this.id = id;
    this.#phase = DIALLING;
    this.#granted = this.#host!.window;
    if (early) this.#stand();
  }

  /** It was accepted here, and ACK was said. */
  accepted(id: number): void {
    this.id = id;
    this.#phase = OPEN;
    this.#granted = this.#host!.window;
  }

  /** The peer has said something of it that is no refusal. */
  answered(): void {
    this.#isAccepted = true;
    if (this.#phase === DIALLING) this.#stand();
  }

  get isAnswered(): boolean {
    return this.#isAccepted;
  }

  #stand(): void {
    const sink = this.#dialling;
    this.#dialling = null;
    this.#phase = OPEN;
    try {
      sink?.onConnect();
    } catch (error) {
      throwAlone(error);
    }
  }

  // ---- reading ------------------------------------------------------------------------------------------------------

  readonly #inbox = new Inbox();
  #isReading = false;
  #delivers = false;
  /** What the peer may still send. */
  #granted = 0;
  /** Bytes that were read, and the peer was not told of. */
  #owed = 0;
  #peerEnded = false;
  #endTold = false;
  /** The stream is no more, but not all that came before was read: the peer had ended it. */
  #isLost = false;

  readStart(): void {
    this.#isReading = true;
    if (this.#delivers || (this.#inbox.length === 0 && !this.#isEndDue)) return;
    this.#delivers = true;
    queueMicrotask(this.#deliver);
  }

  readStop(): void {
    this.#isReading = false;
  }

  get #isEndDue(): boolean {
    return this.#peerEnded && !this.#endTold;
  }

  readonly #deliver = (): void => {
    this.#delivers = false;
    while (this.#isReading && this.#phase === OPEN && this.#inbox.length > 0) {
      this.#hand(this.#inbox.shift(), false);
    }
    this.#releaseIfDone();
    this.#tellEnd();
  };

  /** Gives bytes to the sink: in memory of their own, or lent, as they are there during the call only. */
  #hand(bytes: Uint8Array, isLent: boolean): void {
    const size = bytes.length;
    const { sink } = this;
    this.bytesRead += size;
    try {
      const wasUsed = isLent && sink?.wantsBorrowed === 'briefly' && sink.onBorrowed?.(bytes) === true;
      if (!wasUsed) sink?.onData(isLent ? copyOf(bytes) : bytes);
    } catch (error) {
      throwAlone(error);
    }
    this.#consumed(size);
  }

  #tellEnd(): void {
    if (!this.#isEndDue || !this.#isReading || this.#phase !== OPEN || this.#inbox.length > 0) return;
    this.#endTold = true;
    try {
      this.sink?.onEnd();
    } catch (error) {
      throwAlone(error);
    }
  }

  /** The peer sends so many bytes. False where it may not. */
  announced(size: number): boolean {
    if (size > this.#granted || (this.#peerEnded && size > 0)) return false;
    this.#granted -= size;
    return true;
  }

  /** Bytes from the peer, which are there during the call only. False where the stream is closed. */
  received(part: Uint8Array): boolean {
    if (this.#phase !== OPEN) return false;
    if (this.#isReading && this.#inbox.length === 0) this.#hand(part, true);
    else this.#inbox.push(part);
    return true;
  }

  /** The peer may send more: it is told when that is half a window, so that there is not a frame for every read. */
  #consumed(size: number): void {
    const host = this.#host;
    this.#owed += size;
    if (host === null || this.#peerEnded || this.#phase !== OPEN || this.#owed < host.window / 2) return;
    const owed = this.#owed;
    this.#granted += owed;
    this.#owed = 0;
    host.say(WINDOW_UPDATE, 0, this.id, owed);
  }

  /** The peer has ended its side. */
  ended(): void {
    if (this.#peerEnded) return;
    this.#peerEnded = true;
    this.#releaseIfDone();
    this.#tellEnd();
  }

  // ---- writing ------------------------------------------------------------------------------------------------------

  #pending: PendingWrite | null = null;
  /** What may still be sent. */
  #permitted = INITIAL_WINDOW;
  #finDue = false;
  #finSaid = false;

  write(chunk: Uint8Array): WriteStatus {
    const size = sizeOf(chunk);
    this.bytesWritten += size;
    const host = this.#host;
    if (host === null || size === 0 || size > this.#permitted || !host.sendAtOnce(this.id, chunk, size)) {
      return this.#start([chunk], [size], size);
    }
    this.#permitted -= size;
    return WRITE_DONE;
  }

  writev(chunks: readonly Uint8Array[]): WriteStatus {
    const sizes = chunks.map(sizeOf);
    let total = 0;
    for (const size of sizes) total += size;
    this.bytesWritten += total;
    return this.#start(chunks, sizes, total);
  }

  #start(chunks: readonly Uint8Array[], sizes: readonly number[], total: number): WriteStatus {
    if (total === 0 && !this.#isLost) return WRITE_DONE;
    if (this.#host === null) {
      this.#leave(systemError({ syscall: 'write', code: 'EPIPE' }));
      return WRITE_PENDING;
    }
    const pending = new PendingWrite(chunks, sizes, total);
    this.#pending = pending;
    if (this.#permitted > 0) this.#host.send(this);
    if (pending.remaining > 0 || this.#pending !== pending) return WRITE_PENDING;
    this.#pending = null;
    return WRITE_DONE;
  }

  /** Puts at most `most` bytes of the pending write into a frame. Returns whether there is more that may be sent. */
  sendSome(out: FrameWriter, most: number): boolean {
    const pending = this.#pending;
    if (pending === null || pending.remaining === 0) return false;
    const size = Math.min(pending.remaining, this.#permitted, most, out.room);
    if (!out.sendPart(this.id, pending, size)) {
      this.#cutOff(systemError({ syscall: 'write', code: 'EFAULT' }));
      return false;
    }
    this.#permitted -= size;
    return pending.remaining > 0 && this.#permitted > 0;
  }

  /** The turn of the stream is over: its write may be settled. Not inside a call on it. */
  settle(): void {
    if (this.#pending === null || this.#pending.remaining > 0) return;
    this.#pending = null;
    const ends = this.#finDue;
    try {
      this.sink?.onWriteDone();
    } catch (error) {
      throwAlone(error);
    }
    if (ends && this.#phase === OPEN) this.#sayFin();
  }

  /** The peer permits more. */
  permitted(size: number): void {
    this.#permitted += size;
    if (this.#pending !== null && this.#pending.remaining > 0 && this.#permitted > 0) this.#host?.sendSoon(this);
  }

  shutdown(): void {
    this.#finDue = true;
    if (this.#pending === null) this.#sayFin();
  }

  #sayFin(): void {
    this.#finSaid = true;
    this.#host?.say(WINDOW_UPDATE, FIN, this.id, 0);
    this.#releaseIfDone();
    queueMicrotask(this.#shutDown);
  }

  readonly #shutDown = (): void => {
    if (this.#phase === OPEN) this.sink?.onShutdownDone();
  };

  // ---- closing ------------------------------------------------------------------------------------------------------

  /**
   * Who will read no more says so: with bytes unread, or if more come, by RST. Otherwise what was written before arrives, and then the end.
   */
  close(): void {
    const host = this.#host;
    if (this.#phase !== OPEN || this.#inbox.length > 0) {
      this.abort();
      return;
    }
    if (host !== null) {
      if (!this.#finSaid) host.say(WINDOW_UPDATE, FIN, this.id, 0);
      if (!this.#peerEnded) host.linger(this);
    }
    this.#leave(null);
  }

  abort(): void {
    this.#error = null;
    if (this.#phase !== GONE) this.#cutOff(null);
  }

  #cutOff(error: Error | null): void {
    if (this.id > 0) this.#host?.say(WINDOW_UPDATE, RST, this.id, 0);
    this.#leave(error);
  }

  /** RST. */
  reset(): void {
    if (this.#isAccepted) this.lost(null);
    else this.fail('ECONNREFUSED');
  }

  /** There will be no connection. */
  fail(code: string, cause: Error | null = null): void {
    this.#leave(causedBy(systemError({ syscall: 'connect', code, endpoint: this.#far }), cause));
  }

  /** The carrier could not be dialled. */
  failed(error: Error): void {
    this.#leave(error);
  }

  /** No answer in time. */
  unanswered(): void {
    this.#cutOff(systemError({ syscall: 'connect', code: 'ETIMEDOUT', endpoint: this.#far }));
  }

  /** There is no stream any more. What is complete can still be read. */
  lost(cause: Error | null): void {
    if (!this.#isAccepted) this.fail('ECONNRESET', cause);
    else if (!this.#isEndDue || this.#pending !== null) this.#leave(causedBy(systemError({ syscall: 'read', code: 'ECONNRESET' }), cause));
    else {
      this.#isLost = true;
      this.#release();
    }
  }

  /** Both ends have said all. What waits for the reader counts as a stream, so that a peer cannot make more of it than it may open. */
  #releaseIfDone(): void {
    if (this.#peerEnded && this.#finSaid && this.#inbox.length === 0) this.#release();
  }

  /** Nothing more is said or heard. */
  #release(): void {
    if (this.#isHeld) this.#place.hold(-1);
    this.#isHeld = false;
    this.#place.forget(this);
    this.#host = null;
  }

  #leave(error: Error | null): void {
    if (this.#phase === GONE) return;
    this.#release();
    this.#phase = GONE;
    this.#error = error;
    this.#pending = null;
    this.#dialling = null;
    this.#inbox.clear();
    queueMicrotask(() => this.sink?.onClose(this.#error));
  }
}

function causedBy(error: Error, cause: Error | null): Error {
  if (cause !== null) Object.defineProperty(error, 'cause', bare({ value: cause, writable: true, configurable: true }));
  return error;
}
