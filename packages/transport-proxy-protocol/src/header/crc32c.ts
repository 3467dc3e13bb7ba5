/** Castagnoli's polynomial, its bits reversed (RFC 4960, appendix B). */
const POLYNOMIAL = 0x82f63b78;

let table: Uint32Array | null = null;

function tableOf(): Uint32Array {
  const made = new Uint32Array(256);
  for (let i = 0; i < 256; i++) {
    let value = i;
    for (let bit = 0; bit < 8; bit++) value = (value & 1) === 0 ? value >>> 1 : (value >>> 1) ^ POLYNOMIAL;
    made[i] = value;
  }
  return made;
}

/** The CRC32c of bytes, of which those at `zero` to `zero + 4` count as 0. Unsigned. */
export function crc32c(bytes: Uint8Array, zero = -4): number {
  table ??= tableOf();
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) {
    const byte = i >= zero && i < zero + 4 ? 0 : bytes[i];
    crc = (crc >>> 8) ^ table[(crc ^ byte) & 0xff];
  }
  return (crc ^ 0xffffffff) >>> 0;
}
