import { allocate, copyOf, sizeOf } from '../bytes/bytes.js';
import { keepHere } from '../bytes/untransferable.js';

/*
 * Memory that received chunks are cut from where a program asked for it (`pooledReads`): cheaper than an ArrayBuffer for each. The price is
 * the program's: the ArrayBuffer of a chunk holds bytes of other connections, and a chunk that is kept keeps all of it.
 */

/** Memory that chunks of about one size are cut from. */
class Slab {
  readonly #size: number;
  #memory: Uint8Array | null = null;
  #used = 0;

  constructor(size: number) {
    this.#size = size;
  }

  cut(from: Uint8Array): Uint8Array {
    const size = sizeOf(from);
    // Detached all the same, it has no bytes.
    if (this.#memory === null || sizeOf(this.#memory) === 0 || this.#used + size > this.#size) {
      this.#memory = keepHere(allocate(this.#size));
      this.#used = 0;
    }
    const chunk = this.#memory.subarray(this.#used, this.#used + size);
    chunk.set(from);
    // Eight-byte steps keep chunks aligned for typed arrays over them.
    this.#used = (this.#used + size + 7) & ~7;
    return chunk;
  }
}

/*
 * A chunk that is kept keeps its slab. So small chunks come from small slabs: one that is kept while its neighbours are dropped must not
 * hold thousands of times its size.
 */
const SMALL = 256;
const MEDIUM = 4096;
const small = new Slab(8192);
const medium = new Slab(65_536);
const large = new Slab(262_144);
const LARGE = 65_536;

/** A copy of the bytes, in memory of the pool, or, where they are many, of its own. */
export function cut(bytes: Uint8Array): Uint8Array {
  const size = sizeOf(bytes);
  if (size > LARGE) return copyOf(bytes);
  return (size <= SMALL ? small : size <= MEDIUM ? medium : large).cut(bytes);
}
