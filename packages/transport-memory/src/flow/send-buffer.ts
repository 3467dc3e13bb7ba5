import { KernelBytes } from './kernel-bytes.js';
import { PendingWrites } from './pending-writes.js';

/** Owns what waits at the sender of a flow: writes that its kernel has not accepted, and bytes that it has accepted and not sent. */
export class SendBuffer {
  readonly #pending = new PendingWrites();
  readonly #unsent = new KernelBytes();
  /** Bytes that were sent and not acknowledged: they fill the buffer, too. */
  unacknowledged = 0;

  /** Bytes that the kernel has not accepted. */
  get pending(): number { return this.#pending.length; }
  /** Bytes that it has accepted and not sent. */
  get unsent(): number { return this.#unsent.length; }
  get isEmpty(): boolean { return this.#unsent.length === 0 && this.#pending.length === 0; }

  write(chunks: readonly Uint8Array[]): void {
    for (const chunk of chunks) this.#pending.push(chunk);
  }

  /** Accepts pending bytes as far as a buffer of `limit` bytes has room. False when their memory is gone: nothing is pending then. */
  fill(limit: number): boolean {
    const size = Math.min(limit - this.#unsent.length - this.unacknowledged, this.#pending.length);
    if (size <= 0) return true;
    const bytes = this.#pending.shift(size);
    if (bytes === null) this.#pending.clear();
    else this.#unsent.push(bytes);
    return bytes !== null;
  }

  /** The next bytes to send, `size` of them, which must be 1 to `unsent`. */
  read(size: number): Uint8Array {
    return this.#unsent.read(size);
  }

  dropPending(): void {
    this.#pending.clear();
  }

  clear(): void {
    this.#pending.clear();
    this.#unsent.clear();
  }
}
