/**
 * The bytes that tests send: each follows from its position in the stream alone, so a receiver can tell at any point whether
 * it got the right one. Multiplying by an odd constant keeps any two stretches of a few bytes apart.
 */
function patternByte(position: number): number {
  return Math.imul(position + 1, 0x9e3779b1) >>> 24;
}

export function pattern(length: number, start = 0): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = patternByte(start + i);
  return bytes;
}

/** The first index at which `bytes` is not the pattern from `start` on, or -1. */
export function mismatch(bytes: Uint8Array, start: number): number {
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== patternByte(start + i)) return i;
  return -1;
}
