import { copyOf, joined, partOf, sizeOf } from '@netstrata/stream-core';
import type { BunSocket } from './bun-api.js';

/** Up to so many bytes several chunks are made one, which leaves with one call. */
export const GATHERED = 65_536;
/** A chunk of this size and above leaves by itself, without a copy. */
const ALONE = GATHERED / 4;

/** The system took all. */
export const ALL = 0;
/** The rest waits for `drain`. */
export const SOME = 1;
/** There is nobody to take it. */
export const NONE = 2;
/** The memory of what waited is no longer there. */
export const LOST = 3;

export type Taken = typeof ALL | typeof SOME | typeof NONE | typeof LOST;

/** Owns what the system has not taken yet of the write that is pending. The bytes stay where they are. */
export class Unsent {
  #chunks: readonly Uint8Array[];
  /** As they were when they were given: what is shorter now has lost bytes. */
  readonly #sizes: readonly number[];
  #at = 0;
  /** How many bytes of the chunk at that place are taken already. */
  #taken: number;

  constructor(chunks: readonly Uint8Array[], taken = 0) {
    this.#chunks = chunks;
    this.#sizes = chunks.map(sizeOf);
    this.#taken = taken;
  }

  /** From now on the bytes are its own, whatever becomes of those that were given. */
  keep(): void {
    this.#chunks = this.#chunks.map((chunk, i) => (i < this.#at ? chunk : copyOf(chunk)));
  }

  /** Writes as much as the system takes now. */
  send(socket: BunSocket): Taken {
    while (this.#at < this.#chunks.length) {
      const chunk = this.#chunks[this.#at];
      const size = this.#sizes[this.#at];
      if (sizeOf(chunk) < size) return LOST;
      const left = size - this.#taken;
      if (left > 0) {
        const taken = socket.write(this.#taken === 0 ? chunk : partOf(chunk, this.#taken, left));
        if (taken < 0) return NONE;
        this.#taken += taken;
        if (taken < left) return SOME;
      }
      this.#at++;
      this.#taken = 0;
    }
    return ALL;
  }
}

/** The same bytes in fewer chunks: Bun writes one at a time. */
export function gathered(chunks: readonly Uint8Array[]): Uint8Array[] {
  const all: Uint8Array[] = [];
  let run: Uint8Array[] = [];
  let size = 0;
  const flush = (): void => {
    if (run.length > 0) all.push(run.length === 1 ? run[0] : joined(run));
    run = [];
    size = 0;
  };
  for (const chunk of chunks) {
    const more = sizeOf(chunk);
    if (more >= ALONE || size + more > GATHERED) flush();
    if (more >= ALONE) all.push(chunk);
    else if (more > 0) {
      run.push(chunk);
      size += more;
    }
  }
  flush();
  return all;
}
