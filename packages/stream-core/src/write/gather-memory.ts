/**
 * Where the writes of a tick gather. The first write of a tick goes out at once; later ones are copied here and leave together at its
 * end. Copying keeps what a caller may see unchanged: the write counts as taken, and the caller's chunk may be used again, exactly as
 * after a write that the kernel took at once.
 */

import { allocate, encodeInto } from '../bytes/bytes.js';
import type { Gathering } from '../flushing/gathering.js';
import type { Turn } from '../flushing/turn.js';

/** Chunks up to this size share a slab with those of all streams; up to the next, they gather in memory of their stream alone. */
export const SMALL_CHUNK = 4096;
/** Larger chunks are not worth copying: they leave separately. */
export const GATHER_CHUNK = 131_072;
/** A side that has gathered this much in small chunks sends it without waiting for the end of the tick. */
const SMALL_LIMIT = 65_536;
const SLAB = 4 * SMALL_LIMIT;
/** As much as a kernel takes at once from a stream that is being filled; one that takes less is given less. */
const BULK = 1 << 20;
const LEAST_BULK = GATHER_CHUNK;
/** How many such blocks are kept for the next stream, and how many may be on their way to slow peers. */
const BULK_SPARES = 4;
const BULK_LIMIT = 16;

let slab: Uint8Array | null = null;
let used = 0;
/** How many sides have something of theirs in memory of all. */
let holders = 0;
const spareBulks: Uint8Array[] = [];

/** What one side has gathered: a piece of the slab, then perhaps a block of its own. */
export class GatherMemory {
  bytes = 0;
  /** The position of the bytes in the slab. */
  #from = 0;
  #to = 0;
  #slab: Uint8Array | null = null;
  /** What stands before them: in an earlier slab, or behind another side's bytes. */
  #pieces: Uint8Array[] | null = null;
  #bulk: Uint8Array | null = null;
  #bulkUsed = 0;
  /** How much of the block may be filled: less after the channel has not taken it all, more after it has. */
  #limit = BULK;
  readonly #turn: Turn;

  constructor(turn: Turn) {
    this.#turn = turn;
  }

  /** It has as much as should leave together. */
  get isFull(): boolean {
    return this.#bulk === null ? this.bytes >= SMALL_LIMIT : this.#limit - this.#bulkUsed < SMALL_CHUNK;
  }

  /** Takes a copy. False, and nothing taken, where there is no room: what is here should leave first. */
  add(chunk: Uint8Array, size: number, holder: Gathering): boolean {
    if (size === 0) return true;
    const memory = this.#room(size);
    if (memory === null) return false;
    memory.set(chunk, memory === this.#bulk ? this.#bulkUsed : used);
    this.#added(size, holder);
    return true;
  }

  /** The same for short text, which is encoded in place. False also where that cannot be done. */
  addText(text: string, encoding: string, holder: Gathering): boolean {
    // UTF-8 has at most three bytes for each UTF-16 code unit, and no other encoding has more.
    const most = text.length * 3;
    if (most > SMALL_CHUNK) return false;
    const memory = this.#room(most);
    if (memory === null) return false;
    const size = encodeInto(memory, text, memory === this.#bulk ? this.#bulkUsed : used, encoding);
    if (size < 0) return false;
    if (size > 0) this.#added(size, holder);
    return true;
  }

  /** The memory where the next `size` bytes go, at `used` or `#bulkUsed`; null where there is no room. */
  #room(size: number): Uint8Array | null {
    if (this.#bulk === null && size > SMALL_CHUNK) {
      if (size > GATHER_CHUNK || this.#turn.blocks >= BULK_LIMIT) return null;
      this.#turn.blocks++;
      this.#bulk = spareBulks.pop() ?? allocate(BULK);
    }
    if (this.#bulk !== null) return this.#bulkUsed + size <= this.#limit ? this.#bulk : null;
    // A channel that gave it away, against the contract, has left nothing of it.
    if (slab === null || used + size > slab.length) {
      slab = allocate(SLAB);
      used = 0;
    }
    return slab;
  }

  #added(size: number, holder: Gathering): void {
    const isFirst = this.bytes === 0;
    this.bytes += size;
    if (this.#bulk !== null) this.#bulkUsed += size;
    else {
      if (this.#slab !== slab || this.#to !== used) {
        this.#closePiece();
        this.#slab = slab;
        this.#from = used;
      }
      used += size;
      this.#to = used;
    }
    if (!isFirst) return;
    holders++;
    // The clock may be a program's own: it is asked when all is in its place.
    this.#turn.hold(holder);
  }

  #closePiece(): void {
    if (this.#slab !== null) (this.#pieces ??= []).push(this.#slab.subarray(this.#from, this.#to));
    this.#slab = null;
  }

  /** Gives up what was gathered. `release` must follow once the bytes have been passed on. */
  take(): readonly Uint8Array[] {
    this.#closePiece();
    const pieces = this.#pieces ?? [];
    if (this.#bulkUsed > 0) pieces.push(this.#bulk!.subarray(0, this.#bulkUsed));
    this.#pieces = null;
    this.#bulkUsed = 0;
    this.bytes = 0;
    return pieces;
  }

  /** The taken bytes were passed on; `lent` when they are still being read from where they are, until `settled`. */
  release(lent: boolean, holder: Gathering): void {
    holders--;
    this.#turn.release(holder);
    if (this.#bulk !== null) this.#limit = lent ? Math.max(this.#limit >> 1, LEAST_BULK) : Math.min(this.#limit << 1, BULK);
    if (lent) slab = null;
    else this.settled(true);
    if (holders === 0) used = 0;
  }

  /** The write of what was taken is over. Where it failed, the system may have its hands on the memory still. */
  settled(ok: boolean): void {
    if (this.#bulk === null || this.#bulkUsed > 0) return;
    this.#turn.blocks--;
    if (ok && spareBulks.length < BULK_SPARES) spareBulks.push(this.#bulk);
    this.#bulk = null;
  }
}
