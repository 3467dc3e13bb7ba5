/** Whether a value is a Uint8Array, of whichever realm: that of a test runner has classes of its own. */
export function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && (value as Uint8Array)[Symbol.toStringTag] === 'Uint8Array';
}

/** The bytes of an address that is given as such, or in its parts; null for anything else. */
export function bytesIn(value: unknown): Uint8Array | null {
  if (isBytes(value)) return value;
  const bytes = typeof value === 'object' && value !== null ? (value as { bytes?: unknown }).bytes : undefined;
  return isBytes(bytes) ? bytes : null;
}
