import { allocate, asBytes, copyInto, partOf, sizeOf } from '@netstrata/stream-core';

/**
 * Owns what a program has written and its kernel has not accepted. The memory belongs to the program, which must leave it alone until
 * then; where the program detaches it or makes it smaller, there is nothing that could be sent.
 */
export class PendingWrites {
  length = 0;
  #chunks: Uint8Array[] = [];
  /** How large they were when they were written. */
  #sizes: number[] = [];
  #head = 0;
  /** How much of the first one was copied. */
  #at = 0;

  /** The chunk must not be empty. */
  push(chunk: Uint8Array): void {
    const size = sizeOf(chunk);
    this.#chunks.push(asBytes(chunk));
    this.#sizes.push(size);
    this.length += size;
  }

  /** A copy of the next bytes, `size` of them, which must be 1 to `length`; null where they are not there any more. */
  shift(size: number): Uint8Array | null {
    const bytes = allocate(size);
    for (let to = 0; to < size; ) {
      const chunk = this.#chunks[this.#head];
      const whole = this.#sizes[this.#head];
      if (sizeOf(chunk) < whole) return null;
      const part = Math.min(size - to, whole - this.#at);
      copyInto(bytes, part === sizeOf(chunk) ? chunk : partOf(chunk, this.#at, part), to);
      to += part;
      this.#at += part;
      if (this.#at < whole) break;
      this.#head++;
      this.#at = 0;
    }
    this.length -= size;
    if (this.length === 0) this.clear();
    return bytes;
  }

  clear(): void {
    this.#chunks = [];
    this.#sizes = [];
    this.#head = this.#at = this.length = 0;
  }
}
