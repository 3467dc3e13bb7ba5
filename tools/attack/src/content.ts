import { Random } from './random.js';

/** A prime, so that no two places in a stream are alike for long. */
const LENGTH = 1_048_573;

const once = Buffer.allocUnsafeSlow(LENGTH);
const random = new Random(7);
for (let i = 0; i < LENGTH; i++) once[i] = random.below(256);
const twice = Buffer.concat([once, once]);

/** The bytes at `offset` of the stream that begins at `start`. They are shared and must not be changed. At most a megabyte. */
export function contentOf(start: number, offset: number, size: number): Buffer {
  const at = (start + offset) % LENGTH;
  return twice.subarray(at, at + size);
}

export function isContent(bytes: Uint8Array, start: number, offset: number): boolean {
  for (let at = 0; at < bytes.length; at += LENGTH) {
    const piece = bytes.subarray(at, at + LENGTH);
    if (!contentOf(start, offset + at, piece.length).equals(piece)) return false;
  }
  return true;
}
