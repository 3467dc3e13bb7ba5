import { allocate } from '@netstrata/stream-core';
import { Fifo } from './fifo.js';

/**
 * Owns bytes that a kernel holds, in memory that belongs to the network. What is read of them belongs to its reader: the whole of an
 * ArrayBuffer that has no other user. That is a chunk as it came, where just that much is read, and a copy of parts otherwise.
 */
export class KernelBytes {
  length = 0;
  /** Each is the whole of its memory. */
  readonly #chunks = new Fifo<Uint8Array>();
  /** How much of the first one is gone. */
  #at = 0;

  /** The chunk must be the whole of memory that has no other user, and not be empty. */
  push(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.length += chunk.length;
  }

  /** Exactly `size`, which must be 1 to `length`. */
  read(size: number): Uint8Array {
    this.length -= size;
    if (this.#at === 0 && this.#chunks.first.length === size) return this.#chunks.shift();
    const bytes = allocate(size);
    for (let to = 0; to < size; ) {
      const { first } = this.#chunks;
      const part = Math.min(size - to, first.length - this.#at);
      bytes.set(part === first.length ? first : first.subarray(this.#at, this.#at + part), to);
      to += part;
      this.#at += part;
      if (this.#at < first.length) break;
      this.#chunks.shift();
      this.#at = 0;
    }
    return bytes;
  }

  clear(): void {
    this.#chunks.clear();
    this.#at = this.length = 0;
  }
}
