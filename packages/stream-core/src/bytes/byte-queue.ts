import { joined } from './bytes.js';

/** Chunks in, exact amounts out. Nothing is copied unless an amount spans several chunks. */
abstract class ChunkQueue<T extends Uint8Array | string> {
  /** Bytes (or, for text, UTF-16 code units) in the queue. */
  length = 0;
  #chunks: T[] = [];
  /** Chunks before this index are gone; the array is compacted now and then. */
  #head = 0;

  protected abstract slice(chunk: T, from: number, to?: number): T;
  protected abstract join(chunks: readonly T[]): T;

  /** How many chunks there are. */
  get count(): number {
    return this.#chunks.length - this.#head;
  }

  /** The size of the first chunk, 0 when empty. */
  get firstLength(): number {
    return this.count === 0 ? 0 : this.#chunks[this.#head].length;
  }

  /** Puts a chunk at the end. */
  push(chunk: T): void {
    this.#chunks.push(chunk);
    this.length += chunk.length;
  }

  /** Puts a chunk back at the front. */
  unshift(chunk: T): void {
    if (this.#head > 0) this.#chunks[--this.#head] = chunk;
    else this.#chunks.unshift(chunk);
    this.length += chunk.length;
  }

  /** The first chunk, whole. */
  shift(): T | undefined {
    if (this.count === 0) return undefined;
    const chunk = this.#chunks[this.#head];
    this.dropFirst();
    this.length -= chunk.length;
    return chunk;
  }

  /** Exactly `size`, which must be 1 to `length`. */
  read(size: number): T {
    const first = this.#chunks[this.#head];
    if (size < first.length) {
      this.#chunks[this.#head] = this.slice(first, size);
      this.length -= size;
      return this.slice(first, 0, size);
    }
    if (size === first.length) return this.shift()!;
    const parts: T[] = [];
    for (let rest = size; rest > 0; ) {
      const part = this.read(Math.min(rest, this.firstLength));
      parts.push(part);
      rest -= part.length;
    }
    return this.join(parts);
  }

  /** Drops everything. */
  clear(): void {
    this.#chunks = [];
    this.#head = 0;
    this.length = 0;
  }

  /** The chunks, without taking them. */
  *[Symbol.iterator](): Iterator<T> {
    for (let i = this.#head; i < this.#chunks.length; i++) yield this.#chunks[i];
  }

  private dropFirst(): void {
    // A chunk that was taken must not stay alive for as long as the queue does.
    this.#chunks[this.#head++] = undefined as unknown as T;
    if (this.#head === this.#chunks.length) {
      this.#chunks.length = 0;
      this.#head = 0;
    } else if (this.#head >= 64 && this.#head * 2 >= this.#chunks.length) {
      this.#chunks.splice(0, this.#head);
      this.#head = 0;
    }
  }
}

/** A queue of bytes. */
export class ByteQueue extends ChunkQueue<Uint8Array> {
  protected slice(chunk: Uint8Array, from: number, to?: number): Uint8Array {
    return chunk.subarray(from, to);
  }

  protected join(chunks: readonly Uint8Array[]): Uint8Array {
    return joined(chunks);
  }
}

/** A queue of text, for streams with an encoding. Bytes that a user puts back among it become text when they are joined. */
export class TextQueue extends ChunkQueue<string> {
  override read(size: number): string {
    return size === this.length && this.count === 1 ? String(this.shift()) : super.read(size);
  }

  protected slice(chunk: string, from: number, to?: number): string {
    return chunk.slice(from, to);
  }

  protected join(chunks: readonly string[]): string {
    return chunks.join('');
  }
}
