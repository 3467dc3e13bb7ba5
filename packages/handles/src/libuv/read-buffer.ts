/**
 * All handles read into one buffer; what arrived is cut out of a slab. So an idle connection holds no buffer, and a small
 * message costs no allocation of its own.
 */

/** libuv suggests 64 KiB a read. */
const READ_SIZE = 65536;
const SLAB_SIZE = 65536;
/** Chunks of this size and above get memory of their own: a slab would mostly be left over. */
const OWN_SIZE = SLAB_SIZE / 4;

/** Where every handle reads into. It must never be collected: libuv keeps a bare pointer. */
export const readBuffer = Buffer.allocUnsafeSlow(READ_SIZE);

let slab = Buffer.allocUnsafeSlow(SLAB_SIZE);
let used = 0;

/** A copy of the first `size` bytes of the read buffer, which the receiver may keep. */
export function cut(size: number): Buffer {
  if (size >= OWN_SIZE) {
    const own = Buffer.allocUnsafeSlow(size);
    readBuffer.copy(own, 0, 0, size);
    return own;
  }
  if (used + size > SLAB_SIZE) {
    slab = Buffer.allocUnsafeSlow(SLAB_SIZE);
    used = 0;
  }
  const start = used;
  readBuffer.copy(slab, start, 0, size);
  // Eight-byte steps keep chunks aligned for typed arrays over them.
  used = (start + size + 7) & ~7;
  return slab.subarray(start, start + size);
}
