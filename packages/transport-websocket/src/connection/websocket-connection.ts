import { WRITE_DONE, WRITE_PENDING, type ChannelSink, type WriteStatus, sizeOf } from '@netstrata/stream-core';
import {
  systemError, type Connection, type ConnectSink, type Endpoint, type KnownFacts, type NameEndpoint, type SystemError,
} from '@netstrata/transport';
import type { Failure, Wire } from '../wire/wire.js';
import type { WebSocketFacts } from './facts.js';

/** Something was written, and the peer has left. */
const GONE: Failure = { code: 'EPIPE', syscall: 'write' };

/** What its maker knows. */
export interface Known {
  /** What was dialled, for errors. */
  readonly dialled?: Endpoint | NameEndpoint;
  /** In place of the TCP socket's. */
  readonly remote?: Endpoint | undefined;
  /** It stands, or there will be none. */
  decided?(): void;
  /** Asked for when it stands. */
  facts(wire: Wire): WebSocketFacts;
}

/**
 * A Connection over a WebSocket. Calls only record what is wanted; `#next` makes all reports, from a microtask (C1). So a sink that throws
 * does not do so in the middle of a frame. The numbers are those of docs/how-it-works/contract.md.
 */
export class WebSocketConnection implements Connection {
  /** Read again for every report, so that it may be replaced in any (S7). */
  sink: ChannelSink | null;
  bytesRead = 0;
  bytesWritten = 0;
  /** All of it is copied within the call. */
  readonly takesShared = true;
  readonly writevLimit = 1_048_576;
  readonly #wire: Wire;
  readonly #known: Known;
  #facts: KnownFacts | undefined;
  /** Waits for `onConnect`, at the end that dials. */
  #dialling: ConnectSink | null;
  #isReading = false;
  #isWriting = false;
  #isEnding = false;
  #endTold = false;
  #isClosed = false;
  #closeTold = false;
  #isScheduled = false;

  constructor(wire: Wire, known: Known, dialling: ConnectSink | null = null) {
    this.#wire = wire;
    this.#known = known;
    this.sink = this.#dialling = dialling;
    wire.onChange = this.#schedule;
  }

  get local(): Endpoint | null {
    return this.#isClosed ? null : this.#wire.local;
  }

  get remote(): Endpoint | null {
    return this.#isClosed ? null : (this.#known.remote ?? this.#wire.remote);
  }

  get facts(): KnownFacts | undefined {
    if (this.#facts === undefined && this.#wire.isOpen) this.#facts = { webSocket: this.#known.facts(this.#wire) };
    return this.#facts;
  }

  readStart(): void {
    this.#isReading = true;
    this.#wire.want(true);
    this.#schedule();
  }

  /** Takes effect at once: `#next` looks before every chunk (C9). */
  readStop(): void {
    this.#isReading = false;
    this.#wire.want(false);
  }

  write(chunk: Uint8Array): WriteStatus {
    return this.writev([chunk]);
  }

  writev(chunks: readonly Uint8Array[]): WriteStatus {
    for (const chunk of chunks) this.bytesWritten += sizeOf(chunk);
    if (this.#wire.send(chunks)) return WRITE_DONE;
    this.#isWriting = true;
    this.#schedule();
    return WRITE_PENDING;
  }

  shutdown(): void {
    this.#isEnding = true;
    this.#schedule();
  }

  close(): void {
    if (!this.#isClosed) this.#wire.hangUp();
    this.#leave();
  }

  abort(): void {
    if (!this.#isClosed) this.#wire.reset();
    this.#leave();
  }

  #leave(): void {
    this.#isClosed = true;
    this.#schedule();
  }

  ref(): void {
    if (!this.#isClosed) this.#wire.ref();
  }

  unref(): void {
    if (!this.#isClosed) this.#wire.unref();
  }

  readonly #schedule = (): void => {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    queueMicrotask(this.#tell);
  };

  readonly #tell = (): void => {
    this.#isScheduled = false;
    try {
      while (this.#next());
    } catch (error) {
      // A listener of the user's: the other reports come all the same.
      this.#schedule();
      throw error;
    }
  };

  /** Makes the first report that is due, and says whether there may be more: the sink may do anything inside each. */
  #next(): boolean {
    const wire = this.#wire;
    if (this.#closeTold) return false;
    if (this.#isClosed) return this.#tellClose(null);
    const hasMore = this.#isReading && this.#dialling === null && wire.inbox.length > 0;
    if (wire.failure !== null && !hasMore) return this.#fail(wire.failure);
    if (!wire.isOpen) return false;
    if (this.#dialling !== null) return this.#tellConnect(this.#dialling);
    if (this.#isWriting && wire.hasRoom) return this.#tellWriteDone();
    if (this.#isEnding && !this.#isWriting) return this.#tellShutdownDone();
    if (hasMore) return this.#tellData();
    if (!wire.isFinished) return false;
    if (this.#isWriting) return this.#fail(GONE);
    return this.#isReading && this.#tellEnd();
  }

  #tellConnect(sink: ConnectSink): true {
    this.#dialling = null;
    this.#known.decided?.();
    sink.onConnect();
    return true;
  }

  #tellWriteDone(): true {
    this.#isWriting = false;
    this.sink?.onWriteDone();
    return true;
  }

  #tellShutdownDone(): true {
    this.#isEnding = false;
    this.#wire.finish();
    this.sink?.onShutdownDone();
    return true;
  }

  #tellData(): true {
    const bytes = this.#wire.inbox.shift()!;
    this.bytesRead += bytes.length;
    this.sink?.onData(bytes);
    return true;
  }

  #tellEnd(): boolean {
    if (this.#endTold) return false;
    this.#endTold = true;
    this.sink?.onEnd();
    return true;
  }

  /** Released before it is told (S6). */
  #fail(failure: Failure): false {
    const error = errorOf(failure, failure.syscall === 'connect' ? this.#known.dialled : undefined);
    this.#isClosed = true;
    this.#wire.drop();
    return this.#tellClose(error);
  }

  #tellClose(error: Error | null): false {
    this.#closeTold = true;
    if (this.#dialling !== null) this.#known.decided?.();
    this.sink?.onClose(error);
    return false;
  }
}

function errorOf({ code, syscall, text, status, address, cause }: Failure, dialled: Known['dialled']): SystemError {
  const isKnownBetter = dialled !== undefined && address !== undefined && 'port' in dialled;
  const place = isKnownBetter ? { address, port: dialled.port } : { endpoint: dialled };
  const error = systemError({ code, syscall, text, ...place });
  return Object.assign(error, cause === undefined ? null : { cause }, status === undefined ? null : { status });
}
