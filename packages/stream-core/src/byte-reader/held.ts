import { allocate, copyInto, copyOf, sizeOf, view } from '../bytes/bytes.js';

/** Up to so many bytes a copy costs less than a view of the same memory. */
const SMALL = 64;
/** Of memory that chunks are put together in. */
const LEAST = 256;
const NOTHING = view(new Uint8Array(0));

/**
 * What a reader holds, always in one piece: from `at` to `end` of `memory`. A chunk stays where it is until another comes while some of it
 * is left; then both go to memory with room for as many bytes again, so that each is moved a few times at most, however small the chunks
 * are.
 */
export class Held {
  memory = NOTHING;
  at = 0;
  end = 0;
  /** The memory is the reader's, and has room behind `end`. */
  #hasRoom = false;
  /** The memory is there for a moment only. */
  #isLent = false;
  /** Whether results may be views of the memory; undefined as long as nobody had to know. */
  #isShared: boolean | undefined;

  get length(): number {
    return this.end - this.at;
  }

  add(chunk: Uint8Array): void {
    if (this.at === this.end) this.#take(chunk);
    else this.#append(chunk);
  }

  /** Adds a chunk that is there until `keep` is called, and not longer. */
  addLent(chunk: Uint8Array): void {
    if (this.at !== this.end) {
      this.#append(chunk);
      return;
    }
    this.#take(chunk);
    this.#isShared = false;
    this.#isLent = true;
  }

  /** Moves what is left of such a chunk. */
  keep(): void {
    if (this.#isLent) this.#move(this.length);
  }

  /** Passes over bytes. A chunk that was read must not stay alive for as long as the reader does. */
  pass(size: number): void {
    this.at += size;
    if (this.at === this.end) this.drop();
  }

  /** Some of the bytes: the same memory if that is nobody else's and a copy does not cost less. */
  part(from: number, to: number): Uint8Array {
    const { memory } = this;
    const size = to - from;
    if (size > SMALL && (this.#isShared ??= isWhole(memory))) return size === memory.length ? memory : memory.subarray(from, to);
    if (size > SMALL) return copyOf(memory.subarray(from, to));
    const copy = allocate(size);
    for (let i = 0; i < size; i++) copy[i] = memory[from + i];
    return copy;
  }

  /** Whether the memory has gone with a result that shared it, and was given to another thread. */
  get isGone(): boolean {
    return this.end > this.memory.length;
  }

  drop(): void {
    this.#take(NOTHING);
  }

  #take(chunk: Uint8Array): void {
    this.memory = chunk;
    this.at = 0;
    this.end = chunk.length;
    this.#hasRoom = false;
    this.#isLent = false;
    this.#isShared = undefined;
  }

  #append(chunk: Uint8Array): void {
    const size = chunk.length;
    if (!this.#hasRoom || this.end + size > this.memory.length) this.#move(this.length + size);
    copyInto(this.memory, chunk, this.end);
    this.end += size;
  }

  /**
   * To new memory, even if there is room at the beginning of the old one: a result may lie there. It begins as zeros: who gets a part of it
   * can see all of it.
   */
  #move(size: number): void {
    const { length } = this;
    const memory = view(new Uint8Array(Math.max(LEAST, 2 * size)));
    copyInto(memory, this.memory.subarray(this.at, this.end), 0);
    this.#take(memory);
    this.end = length;
    this.#hasRoom = true;
    this.#isShared = true;
  }
}

/** Whether these bytes are all that is in their ArrayBuffer: then it is nobody else's. */
function isWhole(bytes: Uint8Array): boolean {
  return sizeOf(bytes) === bytes.buffer.byteLength;
}
