import { sizeOf, WRITE_DONE, WRITE_PENDING, type ChannelSink, type WriteStatus } from '@netstrata/stream-core';
import { systemError, type Connection, type ConnectSink, type Endpoint } from '@netstrata/transport';
import type { Failure, Line } from './line.js';

/** Failures of a line, as system errors (E1). */
const FAILURES: Readonly<Record<Failure, { code: string; syscall: string }>> = {
  refused: { code: 'ECONNREFUSED', syscall: 'connect' }, // E2
  reset: { code: 'ECONNRESET', syscall: 'read' }, // E4
  gone: { code: 'EPIPE', syscall: 'write' }, // S4
};

interface Endpoints {
  readonly local?: Endpoint;
  readonly remote?: Endpoint;
}

/**
 * A Connection over a Line. Calls only record what is requested; `#next` makes all reports, from a microtask
 * (C1). The numbers are those of docs/how-it-works/contract.md.
 */
export class LineConnection implements Connection {
  /** Read again for every report, so that it may be replaced in any (S7). */
  sink: ChannelSink | null;
  // Plain fields: they keep their values after the close (C14).
  bytesRead = 0;
  bytesWritten = 0;
  /** The line has copied what it is sent when the call returns, and shows it to nobody. */
  readonly takesShared = true;
  readonly writevLimit = 1_048_576;
  readonly #line: Line;
  readonly #endpoints: Endpoints;
  /** Waits for `onConnect`, at the end that connects. */
  #dialling: ConnectSink | null;
  /** Born stopped (C2). */
  #reading = false;
  #writePending = false;
  #shutdownPending = false;
  #endTold = false;
  #closed = false;
  #closeTold = false;
  #scheduled = false;

  constructor(line: Line, endpoints: Endpoints, dialling: ConnectSink | null = null) {
    this.#line = line;
    this.#endpoints = endpoints;
    this.sink = this.#dialling = dialling;
    line.onChange = this.#schedule;
  }

  // T4
  get local(): Endpoint | null {
    return this.#closed ? null : (this.#endpoints.local ?? null);
  }

  get remote(): Endpoint | null {
    return this.#closed ? null : (this.#endpoints.remote ?? null);
  }

  readStart(): void {
    this.#reading = true;
    this.#schedule();
  }

  /** Takes effect at once: `#next` checks before every chunk (C9). What has arrived stays in the line. */
  readStop(): void {
    this.#reading = false;
  }

  write(chunk: Uint8Array): WriteStatus {
    this.#line.send(chunk); // C5: has read the bytes when it returns
    return this.#sent(sizeOf(chunk)); // C4: whatever its `length` says
  }

  /** They settle together (C6): the line is asked once, after the last. */
  writev(chunks: readonly Uint8Array[]): WriteStatus {
    let length = 0;
    for (const chunk of chunks) {
      this.#line.send(chunk);
      length += sizeOf(chunk);
    }
    return this.#sent(length);
  }

  /** C4: done, or pending until `#next` reports it. Pending while the peer does not read (C8), and where it cannot arrive (S4). */
  #sent(length: number): WriteStatus {
    this.bytesWritten += length;
    this.#writePending = this.#line.congested || this.#line.failure !== null;
    return this.#writePending ? WRITE_PENDING : WRITE_DONE;
  }

  shutdown(): void {
    this.#shutdownPending = true;
    this.#schedule();
  }

  close(): void {
    if (!this.#closed) this.#line.hangUp(); // C12: what settled before still arrives
    this.#leave();
  }

  abort(): void {
    if (!this.#closed) this.#line.reset(); // C13, S5
    this.#leave();
  }

  #leave(): void {
    this.#closed = true;
    this.#schedule();
  }

  // C15
  ref(): void {
    if (!this.#closed) this.#line.ref();
  }

  unref(): void {
    if (!this.#closed) this.#line.unref();
  }

  readonly #schedule = (): void => {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(this.#tell);
  };

  readonly #tell = (): void => {
    this.#scheduled = false;
    try {
      while (this.#next());
    } catch (error) {
      // A listener of the user has thrown: the other reports come all the same.
      this.#schedule();
      throw error;
    }
  };

  /**
   * Makes the first report that is due, and returns whether there may be more. One at a time, because each may change
   * everything: the sink may stop, write, close and be replaced inside each.
   */
  #next(): boolean {
    const line = this.#line;
    if (this.#closeTold) return false; // S6: it was the last call
    if (this.#closed) return this.#tellClose(null); // before anything else: C12, T3
    if (line.failure !== null) return this.#fail(line.failure); // T2, S4, S5
    if (!line.open) return false;
    if (this.#dialling !== null) return this.#tellConnect(this.#dialling); // T1
    if (this.#writePending && !line.congested) return this.#tellWriteDone();
    if (this.#shutdownPending && !this.#writePending) return this.#tellShutdownDone(); // C10
    return this.#reading && this.#tellRead(); // C2, C9
  }

  #tellConnect(sink: ConnectSink): true {
    this.#dialling = null;
    sink.onConnect();
    return true;
  }

  #tellWriteDone(): true {
    this.#writePending = false;
    this.sink?.onWriteDone();
    return true;
  }

  /** The other direction stays open (C11). */
  #tellShutdownDone(): true {
    this.#shutdownPending = false;
    this.#line.finish();
    this.sink?.onShutdownDone();
    return true;
  }

  #tellRead(): boolean {
    const bytes = this.#line.read(); // S1: it belongs to the receiver from now on
    if (bytes !== null) {
      this.bytesRead += bytes.length;
      this.sink?.onData(bytes);
      return true;
    }
    if (!this.#line.ended || this.#endTold) return false;
    this.#endTold = true; // S3
    this.sink?.onEnd();
    return true;
  }

  /** Released before it is reported (S6). */
  #fail(failure: Failure): false {
    const { remote } = this;
    this.#closed = true;
    this.#line.hangUp();
    return this.#tellClose(systemError({ ...FAILURES[failure], endpoint: failure === 'refused' ? remote : null }));
  }

  #tellClose(error: Error | null): false {
    this.#closeTold = true;
    this.sink?.onClose(error);
    return false;
  }
}
