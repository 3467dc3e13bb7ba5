/**
 * Memory of one connection alone, for a while. Lending needs it (what was lent may have to be kept, and a buffer that others read into
 * cannot be), and large reads are handed on where they are, without a copy. Only so many connections have it at a time: the others copy
 * out of the shared buffer, as idle ones do.
 */

/** Reads of this size and above are worth lending: below, the copy is cheaper than what it takes to avoid it. */
export const LENT_FROM = 4096;
/** Reads of this size and above are handed on where they are. Below, the copy costs less than new memory for every few of them. */
export const IN_PLACE_FROM = 32_768;

/**
 * Not a power of two: buffers that lie so would share a few sets of the processor's caches between them. A multiple of four and not of eight,
 * so that no remainder of a large buffer has the size of a small one.
 */
const SMALL_SIZE = 36_868;
const LARGE_SIZE = 65_536;
const HOLDERS = 256;
/** How many buffers wait for the next connection that lends. */
const SPARE_LIMIT = 16;

let holders = 0;
const spare: Buffer[] = [];

/** Counts a connection in. False when there are enough. */
export function takeMemory(): boolean {
  if (holders >= HOLDERS) return false;
  holders++;
  return true;
}

/** Counts it out. */
export function giveMemoryBack(): void {
  holders--;
}

/** A buffer to lend from. */
export function smallBuffer(): Buffer {
  return spare.pop() ?? Buffer.allocUnsafeSlow(SMALL_SIZE);
}

/** A small buffer that nobody reads into, and of which nobody has a part. */
export function keepSpare(buffer: Uint8Array): void {
  if (buffer.length === SMALL_SIZE && spare.length < SPARE_LIMIT) spare.push(buffer as Buffer);
}

/** One for a connection of which the reads are long, or given away where they are. */
export function largeBuffer(): Buffer {
  return Buffer.allocUnsafeSlow(LARGE_SIZE);
}

/** For a buffer that belongs to somebody else from now on. */
export function replacementOf(buffer: Uint8Array): Buffer {
  return buffer.length === SMALL_SIZE ? smallBuffer() : largeBuffer();
}

/** Whether a read has filled a small buffer: a larger one would have taken more. */
export function wasTooSmall(buffer: Uint8Array, size: number): boolean {
  return size === SMALL_SIZE && buffer.length === SMALL_SIZE;
}

/** Where the next read goes when `size` bytes of the last one were given away: behind them, where that is enough for as many. */
export function behind(buffer: Buffer, size: number): Buffer {
  const start = (size + 7) & ~7;
  const left = buffer.length - start;
  return left >= size ? buffer.subarray(start) : largeBuffer();
}
