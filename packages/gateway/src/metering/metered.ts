import { sizeOf, WRITE_DONE, WRITE_PENDING, type Borrowing, type ChannelSink, type WriteStatus } from '@netstrata/stream-core';
import type { Connection } from '@netstrata/transport';
import { OverConnection } from '@netstrata/transport/layers';
import type { Bucket, Waiter } from './bucket.js';

/** Who hears what has passed when it is over: received from the far end, and sent to it. */
export type Report = (read: number, written: number) => void;

/**
 * A connection that stands, and somebody looks at what passes: it is told the sum in the end, and while the client has moved more than it
 * may, it waits. Nothing is dropped for that: the far end, and the client, feel it as they feel a slow peer.
 */
export class Metered extends OverConnection implements ChannelSink, Waiter {
  sink: ChannelSink | null = null;
  readonly #report: Report;
  readonly #bucket: Bucket | null;
  #isReading = false;
  /** A write that waits: the caller leaves it as it is. */
  #held: readonly Uint8Array[] | null = null;
  /** The end that comes behind it. */
  #endIsDue = false;

  /** @param bucket null where nothing is limited */
  constructor(below: Connection, bucket: Bucket | null, report: Report) {
    super();
    this.#bucket = bucket;
    this.#report = report;
    this.put(below);
    below.sink = this;
    // Text would have to be counted before it is bytes.
    if (bucket !== null) delete this.writeString;
  }

  get bytesRead(): number {
    return this.below!.bytesRead;
  }

  /** Those that wait are accepted too. */
  get bytesWritten(): number {
    const held = this.#held;
    return this.below!.bytesWritten + (held === null ? 0 : held.reduce((sum, chunk) => sum + sizeOf(chunk), 0));
  }

  takeEarly(): Uint8Array | null {
    return this.below!.takeEarly?.() ?? null;
  }

  readStart(): void {
    this.#isReading = true;
    if (this.#bucket?.isEmpty === true) this.#bucket.wait(this);
    else this.below!.readStart();
  }

  readStop(): void {
    this.#isReading = false;
    this.below!.readStop();
  }

  write(chunk: Uint8Array): WriteStatus {
    if (this.#bucket === null) return this.below!.write(chunk);
    if (this.#bucket.isEmpty) return this.#hold([chunk]);
    this.#bucket.take(sizeOf(chunk));
    return this.below!.write(chunk);
  }

  writev(chunks: readonly Uint8Array[]): WriteStatus {
    if (this.#bucket === null) return this.below!.writev(chunks);
    if (this.#bucket.isEmpty) return this.#hold(Array.from(chunks));
    for (const chunk of chunks) this.#bucket.take(sizeOf(chunk));
    return this.below!.writev(chunks);
  }

  shutdown(): void {
    if (this.#held === null) this.below!.shutdown();
    else this.#endIsDue = true;
  }

  close(): void {
    this.#leave();
    this.below!.close();
  }

  abort(): void {
    this.#leave();
    this.below!.abort();
  }

  // ---- in turn ------------------------------------------------------------------------------------------------------

  #hold(chunks: readonly Uint8Array[]): WriteStatus {
    this.#held = chunks;
    this.#bucket!.wait(this);
    return WRITE_PENDING;
  }

  /** @internal */
  goOn(): void {
    const held = this.#held;
    if (this.#isReading) this.below!.readStart();
    if (held === null) return;
    this.#held = null;
    const status = this.writev(held);
    if (this.#endIsDue) this.below!.shutdown();
    if (status === WRITE_DONE) this.sink?.onWriteDone();
  }

  #leave(): void {
    this.#held = null;
    this.#bucket?.leave(this);
  }

  #took(bytes: number): void {
    const bucket = this.#bucket!;
    bucket.take(bytes);
    if (!this.#isReading || !bucket.isEmpty) return;
    this.below!.readStop();
    bucket.wait(this);
  }

  // ---- reports from below -------------------------------------------------------------------------------------------

  /** @internal */
  get wantsBorrowed(): Borrowing {
    const wants = this.sink?.wantsBorrowed ?? false;
    // What is stopped here would start again without the sink's knowing.
    return this.#bucket === null || wants === false ? wants : 'briefly';
  }

  /** @internal */
  onBorrowed(chunk: Uint8Array): boolean {
    const isUsed = this.sink?.onBorrowed?.(chunk) === true;
    if (isUsed && this.#bucket !== null) this.#took(chunk.length);
    return isUsed;
  }

  /** @internal */
  onData(chunk: Uint8Array): void {
    const { length } = chunk;
    this.sink?.onData(chunk);
    if (this.#bucket !== null) this.#took(length);
  }

  /** @internal */
  onEnd(): void {
    this.sink?.onEnd();
  }

  /** @internal */
  onWriteDone(): void {
    this.sink?.onWriteDone();
  }

  /** @internal */
  onShutdownDone(): void {
    this.sink?.onShutdownDone();
  }

  /** @internal */
  onClose(error: Error | null): void {
    this.#leave();
    this.#report(this.bytesRead, this.bytesWritten);
    this.sink?.onClose(error);
  }
}
