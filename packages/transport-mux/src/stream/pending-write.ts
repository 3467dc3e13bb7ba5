import { copyInto, partOf, sizeOf } from '@netstrata/stream-core';

/** A write that waits for its turn: the caller's bytes, as long as they are borrowed. */
export class PendingWrite {
  readonly #chunks: readonly Uint8Array[];
  readonly #sizes: readonly number[];
  #index = 0;
  #at = 0;
  /** How many bytes are still to be copied. */
  remaining: number;

  constructor(chunks: readonly Uint8Array[], sizes: readonly number[], remaining: number) {
    this.#chunks = chunks;
    this.#sizes = sizes;
    this.remaining = remaining;
  }

  /** Copies the next `size` bytes, of which there must be as many. False where their memory was taken away meanwhile. */
  copyTo(memory: Uint8Array, to: number, size: number): boolean {
    for (let done = 0; done < size; ) {
      const chunk = this.#chunks[this.#index];
      const whole = this.#sizes[this.#index];
      if (sizeOf(chunk) !== whole) return false;
      const part = Math.min(whole - this.#at, size - done);
      if (part > 0) copyInto(memory, part === whole ? chunk : partOf(chunk, this.#at, part), to + done);
      done += part;
      this.#at += part;
      if (this.#at < whole) continue;
      this.#index++;
      this.#at = 0;
    }
    this.remaining -= size;
    return true;
  }
}
