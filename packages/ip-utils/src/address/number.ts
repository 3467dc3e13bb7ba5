/** Bytes in network order as one number. */
export function bytesToNumber(bytes: Uint8Array): bigint {
  let value = 0n;
  for (let i = 0; i < bytes.length; i += 4) {
    value = (value << 32n) | BigInt(((bytes[i] << 24) | (bytes[i + 1] << 16) | (bytes[i + 2] << 8) | bytes[i + 3]) >>> 0);
  }
  return value;
}

/** A number as 4 or 16 bytes, which hold it. */
export function numberToBytes(value: bigint, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = length; i > 0; value >>= 32n) {
    for (let word = Number(BigInt.asUintN(32, value)), end = i - 4; i > end; word >>>= 8) bytes[--i] = word;
  }
  return bytes;
}
