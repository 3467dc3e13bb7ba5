import { WRITE_DONE, WRITE_PENDING, type Channel, type ChannelSink, type WriteStatus } from '../../src/index.js';

/** A channel that a test plays by hand: it records what it is told, and reports what the test says. */
export class FakeChannel implements Channel {
  sink: ChannelSink | null = null;
  takesShared = true;
  bytesRead = 0;
  bytesWritten = 0;
  /** What the next writes give. */
  status: WriteStatus = WRITE_DONE;
  /** Calls, with the sizes of what was written. */
  readonly calls: string[] = [];
  reading = false;
  pending = false;
  closed = false;
  shuttingDown = false;
  #borrowed: readonly Uint8Array[] = [];
  readonly #left: Uint8Array[] = [];
  #inbox: Uint8Array[] = [];
  #ended = false;
  #shutdownDone = false;

  readStart(): void {
    this.reading = true;
    if (this.#inbox.length > 0 || this.#ended) setImmediate(() => this.#deliver());
  }

  readStop(): void {
    this.reading = false;
  }

  write(chunk: Uint8Array): WriteStatus {
    this.calls.push(`write ${chunk.length}`);
    return this.#take([chunk]);
  }

  writev(chunks: readonly Uint8Array[]): WriteStatus {
    this.calls.push(`writev ${chunks.map((chunk) => chunk.length).join('+')}`);
    return this.#take(chunks);
  }

  #take(chunks: readonly Uint8Array[]): WriteStatus {
    if (this.pending) throw new Error('write while one is pending');
    if (this.closed) throw new Error('write on a closed channel');
    for (const chunk of chunks) this.bytesWritten += chunk.length;
    this.#borrowed = chunks;
    if (this.status === WRITE_DONE) this.#leave();
    else this.pending = true;
    return this.status;
  }

  /** The bytes are read only now: whoever changed them meanwhile is found out. */
  #leave(): void {
    for (const chunk of this.#borrowed) this.#left.push(Uint8Array.from(chunk));
    this.#borrowed = [];
  }

  /** Bytes that have left: taken at once or settled. */
  get written(): number[] {
    return [...this.writtenBytes];
  }

  /** The same, where they are many. */
  get writtenBytes(): Buffer {
    return Buffer.concat(this.#left);
  }

  shutdown(): void {
    if (this.shuttingDown) throw new Error('a second shutdown');
    this.calls.push('shutdown');
    this.shuttingDown = true;
  }

  close(): void {
    this.#end('close');
  }

  abort(): void {
    this.#end('abort');
  }

  #end(call: string): void {
    if (this.closed) return;
    this.calls.push(call);
    this.closed = true;
    setImmediate(() => this.sink?.onClose(null));
  }

  ref(): void {}
  unref(): void {}

  // ---- what the test does --------------------------------------------------------------------------------------------

  receive(bytes: Uint8Array): void {
    if (this.closed || this.#ended) return;
    this.#inbox.push(bytes);
    this.#deliver();
  }

  receiveEnd(): void {
    if (this.#ended || this.closed) return;
    this.#ended = true;
    this.#deliver();
  }

  #deliver(): void {
    while (this.reading && !this.closed && this.#inbox.length > 0) {
      const bytes = this.#inbox.shift()!;
      this.bytesRead += bytes.length;
      this.sink!.onData(bytes);
    }
    if (this.reading && !this.closed && this.#ended && this.#inbox.length === 0) {
      this.reading = false;
      this.sink!.onEnd();
    }
  }

  /** The pending write is done. */
  settle(): void {
    if (!this.pending || this.closed) return;
    this.pending = false;
    this.#leave();
    this.sink!.onWriteDone();
  }

  finishShutdown(): void {
    if (!this.shuttingDown || this.#shutdownDone || this.closed) return;
    this.#shutdownDone = true;
    this.sink!.onShutdownDone();
  }

  fail(error: Error): void {
    if (this.closed) return;
    this.closed = true;
    this.sink!.onClose(error);
  }
}

/** Until ticks, promises and what they caused have run. */
export async function turn(): Promise<void> {
  for (let i = 0; i < 2; i++) await new Promise<void>((resolve) => setImmediate(resolve));
}

/** `size` bytes that count on from `from`. */
export function counting(size: number, from = 0): Uint8Array {
  return Uint8Array.from({ length: size }, (_, i) => from + i);
}

export { WRITE_DONE, WRITE_PENDING };
