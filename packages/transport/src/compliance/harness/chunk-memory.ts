/** What is looked at of the memory of a chunk. */

/** Whether nothing else is in the ArrayBuffer that a chunk lies in. */
export function isWhole({ buffer, byteOffset, length }: Uint8Array): boolean {
  return byteOffset === 0 && buffer.byteLength === length;
}

type Clone = (chunk: Uint8Array, options: { transfer: readonly unknown[] }) => Uint8Array;
const { structuredClone } = globalThis as unknown as { structuredClone?: Clone };

/** Whether there is a way to give memory away. */
export const canTransfer = structuredClone !== undefined;

/** Takes the memory away from under a chunk, as a message to another thread does, and gives the same bytes where they are now. */
export function transfer(chunk: Uint8Array): Uint8Array {
  return structuredClone!(chunk, { transfer: [chunk.buffer] });
}

/** Bytes of the pattern, and where in the stream they begin. */
export interface Piece {
  readonly start: number;
  readonly chunk: Uint8Array;
}
