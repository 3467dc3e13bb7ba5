import { keepHere, type ChannelSink } from '@netstrata/stream-core';

/** Not a power of two: buffers side by side would share a few sets of the processor's caches between them. */
const SIZE = 81_920;

/**
 * Owns the memory that one handle reads into to lend from, and whether a loan is out:
 *
 * - free: nothing is lent.
 * - offered: a sink has the bytes for the length of the call.
 * - lent: the connection was stopped inside that call. The bytes stay as they are until it is started.
 */
export class LoanMemory {
  readonly bytes: Buffer = keepHere(Buffer.allocUnsafeSlow(SIZE));
  /** Whether a connection uses it; it is counted then. */
  inUse = false;
  #offered = false;
  #lent = false;

  get isLent(): boolean { return this.#lent; }

  /** What was read last: there until the handle reads again. */
  read(size: number): Uint8Array {
    return this.bytes.subarray(0, size);
  }

  /** Offers what was read; whether the sink has used it. */
  offer(size: number, sink: ChannelSink): boolean {
    this.#offered = true;
    try {
      return sink.onBorrowed!(this.read(size));
    } finally {
      this.#offered = false;
    }
  }

  stopped(): void {
    if (this.#offered) this.#lent = true;
  }

  started(): void {
    this.#lent = false;
  }
}
