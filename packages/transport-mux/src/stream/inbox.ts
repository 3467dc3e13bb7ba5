import { allocate, copyInto, copyOf, partOf } from '@netstrata/stream-core';

const SMALLEST = 512;
const LARGEST = 65_536;

/**
 * What waits for a reader that is stopped, in blocks that grow: a million frames of one byte cost no more than the same bytes in one.
 * Memory is twice the bytes at most, and half a kilobyte.
 */
export class Inbox {
  length = 0;
  readonly #blocks: Uint8Array[] = [];
  /** Bytes in the last block. */
  #filled = 0;

  /** Copies them. */
  push(bytes: Uint8Array): void {
    const { length } = bytes;
    for (let at = 0; at < length; ) {
      const block = this.#blockWithRoom(length - at);
      const part = Math.min(block.length - this.#filled, length - at);
      copyInto(block, partOf(bytes, at, part), this.#filled);
      this.#filled += part;
      at += part;
      this.length += part;
    }
  }

  #blockWithRoom(size: number): Uint8Array {
    const last = this.#blocks.at(-1);
    if (last !== undefined && this.#filled < last.length) return last;
    const block = allocate(Math.min(LARGEST, Math.max(SMALLEST, size, this.length)));
    this.#blocks.push(block);
    this.#filled = 0;
    return block;
  }

  /** The bytes of the first block, in memory of their own. There must be some. */
  shift(): Uint8Array {
    const block = this.#blocks.shift()!;
    const isLast = this.#blocks.length === 0;
    const chunk = isLast && this.#filled < block.length ? copyOf(partOf(block, 0, this.#filled)) : block;
    if (isLast) this.#filled = 0;
    this.length -= chunk.length;
    return chunk;
  }

  clear(): void {
    this.#blocks.length = 0;
    this.#filled = 0;
    this.length = 0;
  }
}
