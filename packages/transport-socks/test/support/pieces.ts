import { ByteReader } from '@netstrata/stream-core/reader';
import fc from 'fast-check';
import { Malformed } from '../../src/wire/malformed.js';

/** Bytes, cut anywhere. */
export const cut = (bytes: Uint8Array, at: readonly number[]): Uint8Array[] => {
  const ends = [...new Set(at.map((one) => one % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...ends, bytes.length].map((end, i) => bytes.slice(i === 0 ? 0 : ends[i - 1], end));
};

export const cuts = fc.array(fc.nat(), { maxLength: 12 });

/** What a parser says of pieces, and what it leaves. 'malformed' is the last that it says where the bytes are none of its protocol. */
export function heard<T>(pieces: readonly Uint8Array[], next: (reader: ByteReader) => T | null, isLast: (step: T) => boolean): { steps: (T | 'malformed')[]; rest: number[] } {
  const reader = new ByteReader();
  const steps: (T | 'malformed')[] = [];
  let isDone = false;
  for (const piece of pieces) {
    reader.push(piece.slice());
    try {
      for (let step = isDone ? null : next(reader); step !== null; step = isDone ? null : next(reader)) {
        steps.push(step);
        isDone = isLast(step);
      }
    } catch (error) {
      if (!(error instanceof Malformed) && (error as { code?: string }).code !== 'ERR_READER_LIMIT') throw error;
      steps.push('malformed');
      break;
    }
  }
  return { steps, rest: [...reader.release()] };
}
