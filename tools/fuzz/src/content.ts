import fc from 'fast-check';
import type { World } from './world.js';

export const encoding = fc.constantFrom<BufferEncoding[]>('utf8', 'latin1', 'hex', 'base64', 'utf16le', 'ascii');

/** How much is written: mostly little, sometimes more than any buffer or watermark holds. */
export const size = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 0, max: 12 }) },
  { weight: 2, arbitrary: fc.constantFrom(1000, 4096, 4097, 16384) },
  { weight: 1, arbitrary: fc.constantFrom(65535, 65536, 65537, 70000, 150000) },
);

/** How it is written: as bytes, or as a string in some encoding. */
export const form = fc.constantFrom('text', 'bytes', 'view', 'utf8', 'latin1', 'hex', 'base64', 'utf16le');

const WIDE: Readonly<Record<string, string>> = { a: 'ä', e: '€', i: '😀', o: 'ö', u: 'ü' };

/** The arguments of a `write` of this many letters. */
export function content(world: World, length: number, as: string): [chunk: string | Uint8Array, encoding?: BufferEncoding] {
  const letters = world.letters(length);
  const bytes = Buffer.from(letters);
  switch (as) {
    case 'text':
      return [letters];
    case 'bytes':
      return [bytes];
    case 'view':
      return [new Uint8Array(bytes)];
    case 'utf8':
      return [letters.replace(/[aeiou]/g, (vowel) => WIDE[vowel]), 'utf8'];
    case 'hex':
    case 'base64':
      return [bytes.toString(as), as];
    default:
      return [letters, as as BufferEncoding];
  }
}
