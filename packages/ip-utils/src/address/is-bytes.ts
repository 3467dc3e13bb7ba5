/** Whether a value is a Uint8Array, of whichever realm: that of a test runner has classes of its own. */
export function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && (value as Uint8Array)[Symbol.toStringTag] === 'Uint8Array';
}

/**
 * The bytes of an address that is given as such, or in its parts; null for anything else, and for what cannot be read. The parts are looked
 * at first: they are what is asked for most often.
 */
export function bytesIn(value: unknown): Uint8Array | null {
  if (typeof value !== 'object' || value === null) return null;
  try {
    const { bytes } = value as { bytes?: unknown };
    if (isBytes(bytes)) return bytes;
  } catch {
    return null;
  }
  return isBytes(value) ? value : null;
}
