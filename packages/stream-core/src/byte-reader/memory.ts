import { allocate, copyInto, sizeOf, view } from '../bytes/bytes.js';

/** Up to so many bytes a copy costs less than a view of the same memory. */
const SMALL = 64;
/** Of memory that chunks are put together in. */
const LEAST = 256;

export const NO_BYTES: Uint8Array = view(new Uint8Array(0));

/** Whether these bytes are all that is in their ArrayBuffer: then it is nobody else's. */
export function isWhole(bytes: Uint8Array): boolean {
  return sizeOf(bytes) === bytes.buffer.byteLength;
}

/**
 * Memory for `held` bytes and as many again, so that each is moved a few times at most, however small the chunks are. It begins as zeros:
 * who gets a part of it can see all of it.
 */
export function roomFor(held: number): Uint8Array {
  return view(new Uint8Array(Math.max(LEAST, 2 * held)));
}

/** A part of memory: the same memory if it may be shared and a copy does not cost less. */
export function partOfMemory(memory: Uint8Array, from: number, to: number, isShared: boolean): Uint8Array {
  const size = to - from;
  if (size > SMALL && isShared) return size === memory.length ? memory : memory.subarray(from, to);
  const copy = allocate(size);
  if (size > SMALL) copyInto(copy, memory.subarray(from, to), 0);
  else for (let i = 0; i < size; i++) copy[i] = memory[from + i];
  return copy;
}
