/**
 * All handles read into one buffer, and what arrived is copied out of it: so an idle connection holds no buffer, and a small message
 * costs no allocation of its own. A connection that reads much at a time is given memory of its own; see `own-memory.ts`.
 */

/** libuv suggests 64 KiB a read. */
const READ_SIZE = 65536;

/** Chunks up to this size are cut from the smallest slab. */
const SMALL = 256;

/** Where handles read into. It must never be collected: libuv keeps a bare pointer. */
export const readBuffer = Buffer.allocUnsafeSlow(READ_SIZE);

/** What small reads have read; views of the one buffer, made when first needed. */
const starts = new Array<Buffer | undefined>(SMALL + 1);

function startOf(size: number): Buffer {
  return (starts[size] ??= readBuffer.subarray(0, size));
}

/** Memory that chunks of about one size are cut from. */
class Slab {
  readonly #size: number;
  #memory: Buffer | null = null;
  #used = 0;

  constructor(size: number) {
    this.#size = size;
  }

  cut(from: Uint8Array, size: number): Buffer {
    let start = this.#used;
    let memory = this.#memory;
    if (memory === null || start + size > this.#size) {
      memory = this.#memory = Buffer.allocUnsafeSlow(this.#size);
      start = 0;
    }
    const chunk = memory.subarray(start, start + size);
    chunk.set(from === readBuffer && size <= SMALL ? startOf(size) : size === from.length ? from : from.subarray(0, size));
    // Eight-byte steps keep chunks aligned for typed arrays over them.
    this.#used = (start + size + 7) & ~7;
    return chunk;
  }
}

/*
 * A chunk that is kept keeps its slab. So small chunks come from small slabs: one that is kept while its neighbours are dropped must not
 * hold thousands of times its size.
 */
const MEDIUM = 4096;
const small = new Slab(8192);
const medium = new Slab(65536);
const large = new Slab(262144);

/** A copy of the first `size` bytes, which the receiver may keep. */
export function cut(from: Uint8Array, size: number): Buffer {
  if (size <= SMALL) return small.cut(from, size);
  return size <= MEDIUM ? medium.cut(from, size) : large.cut(from, size);
}
