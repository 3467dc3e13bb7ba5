/**
 * All handles read into one buffer; what arrived is cut out of a slab. So an idle connection holds no buffer, and a small
 * message costs no allocation of its own. A connection whose reads are lent on has a buffer of its own for that time.
 */

/** libuv suggests 64 KiB a read. */
const READ_SIZE = 65536;
const SLAB_SIZE = 65536;
/** Chunks of this size and above get memory of their own: a slab would mostly be left over. */
const OWN_SIZE = SLAB_SIZE / 4;
/** Reads of this size and above are worth lending: below, the copy is cheaper than what it takes to avoid it. */
export const LENT_SIZE = 4096;
/** How many buffers wait for the next connection that lends. */
const SPARE_LIMIT = 16;

/** Where every handle reads into. It must never be collected: libuv keeps a bare pointer. */
export const readBuffer = Buffer.allocUnsafeSlow(READ_SIZE);

let slab = Buffer.allocUnsafeSlow(SLAB_SIZE);
let used = 0;
const spare: Buffer[] = [];

/** A copy of the first `size` bytes of a buffer, which the receiver may keep. */
export function cut(from: Buffer, size: number): Buffer {
  if (size >= OWN_SIZE) {
    const own = Buffer.allocUnsafeSlow(size);
    from.copy(own, 0, 0, size);
    return own;
  }
  if (used + size > SLAB_SIZE) {
    slab = Buffer.allocUnsafeSlow(SLAB_SIZE);
    used = 0;
  }
  const start = used;
  from.copy(slab, start, 0, size);
  // Eight-byte steps keep chunks aligned for typed arrays over them.
  used = (start + size + 7) & ~7;
  return slab.subarray(start, start + size);
}

/** A buffer for one connection alone. */
export function ownBuffer(): Buffer {
  return spare.pop() ?? Buffer.allocUnsafeSlow(READ_SIZE);
}

/** A buffer of `ownBuffer` that no handle reads into any more. */
export function giveBack(buffer: Buffer): void {
  if (spare.length < SPARE_LIMIT) spare.push(buffer);
}
