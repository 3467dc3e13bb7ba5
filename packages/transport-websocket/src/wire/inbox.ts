import { allocate, ByteQueue, copyInto, partOf } from '@netstrata/stream-core';

/** Messages from this size on are kept as they are. */
const LARGE = 4096;
/** So many messages are kept before small ones are put together. */
const FEW = 8;
/** Memory for small messages. */
const BLOCK = 16_384;

/**
 * What has arrived and nobody has read yet. Each chunk that comes out is the whole of an ArrayBuffer (S1). A message costs an object and a
 * buffer, a hundred bytes and more: where many small ones wait, they share memory, and come out together.
 */
export class Inbox {
  readonly #chunks = new ByteQueue();
  /** Small messages behind all chunks, and how much of it is filled. */
  #block: Uint8Array | null = null;
  #filled = 0;

  get length(): number {
    return this.#chunks.length + this.#filled;
  }

  push(bytes: Uint8Array): void {
    const size = bytes.length;
    if (size >= LARGE || (this.#filled === 0 && this.#chunks.count < FEW)) {
      this.#seal();
      this.#chunks.push(bytes);
      return;
    }
    if (this.#filled + size > BLOCK) this.#seal();
    this.#block ??= allocate(BLOCK);
    copyInto(this.#block, bytes, this.#filled);
    this.#filled += size;
  }

  shift(): Uint8Array | null {
    if (this.#chunks.count === 0) this.#seal();
    return this.#chunks.shift() ?? null;
  }

  clear(): void {
    this.#chunks.clear();
    this.#block = null;
    this.#filled = 0;
  }

  /** The block stays, for the next ones. */
  #seal(): void {
    if (this.#filled === 0) return;
    const chunk = allocate(this.#filled);
    copyInto(chunk, partOf(this.#block!, 0, this.#filled), 0);
    this.#chunks.push(chunk);
    this.#filled = 0;
    if (this.#chunks.count > 1) return;
    this.#block = null;
  }
}
