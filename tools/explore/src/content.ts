/**
 * What streams carry. Every stream is a window of one table of text, which begins elsewhere for every stream. So the bytes show which stream
 * they belong to, and their position in it.
 */

/** No stream is longer. */
const LONGEST = 600_000;
const OFFSETS = 900_000;
const LETTERS = ['a', 'B', '7', ' ', 'ä', 'ß', '€', '字', '😀', 'z', 'Q', '-', 'é', '0', '\n', 'x'];

const TABLE = makeTable(OFFSETS + LONGEST + 10_000);

function makeTable(size: number): Buffer {
  const table = Buffer.alloc(size);
  let state = 12_345;
  let at = 0;
  while (at < size - 4) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    at += table.write(LETTERS[(state >>> 16) & 15], at);
  }
  return table;
}

/** Where a stream begins in the table: at the beginning of a character. */
function offsetOf(key: number): number {
  let at = (Math.imul(key, 0x9e3779b1) >>> 0) % OFFSETS;
  while (!isBoundary(at)) at++;
  return at;
}

function isBoundary(at: number): boolean {
  return (TABLE[at] & 0xc0) !== 0x80;
}

/** A number of bytes of a stream. They are lent: changes to them are detected. */
function bytesOf(key: number, from: number, size: number): Buffer {
  const at = offsetOf(key) + from;
  return TABLE.subarray(at, at + size);
}

/** The size of a chunk of about this many bytes, which can be text of this encoding. */
export function sizeFor(key: number, from: number, size: number, form: string): number {
  const start = offsetOf(key) + from;
  if (form === 'utf16le') return size & ~1;
  if (form !== 'utf8') return size;
  let at = start + size;
  while (!isBoundary(at)) at++;
  return at - start;
}

/** A chunk as a program writes it: bytes, or text in an encoding. It can be UTF-8 only from the beginning of a character. */
export function chunkOf(key: number, from: number, wanted: number, form: string): { readonly chunk: Buffer | Uint8Array | string; readonly encoding: BufferEncoding | undefined; readonly size: number } {
  const as = form === 'utf8' && !isBoundary(offsetOf(key) + from) ? 'latin1' : form;
  const size = Math.min(sizeFor(key, from, wanted, as), LONGEST - from);
  const bytes = bytesOf(key, from, size);
  if (as === 'bytes') return { chunk: bytes, encoding: undefined, size };
  if (as === 'view') return { chunk: new Uint8Array(bytes.buffer, bytes.byteOffset, size), encoding: undefined, size };
  const encoding = as as BufferEncoding;
  return { chunk: bytes.toString(encoding), encoding, size };
}

/** Null when these are the bytes of a stream at a position, and otherwise what is wrong, in words. */
export function differs(key: number, from: number, got: Uint8Array): string | null {
  const expected = bytesOf(key, from, got.length);
  if (Buffer.compare(expected, got) === 0) return null;
  let at = 0;
  while (expected[at] === got[at]) at++;
  const piece = got.subarray(at, at + 64);
  const found = piece.length < 8 ? -1 : TABLE.indexOf(piece, offsetOf(key));
  const where = found < 0 || found > offsetOf(key) + LONGEST ? 'no bytes of this stream' : `what belongs at ${found - offsetOf(key)}`;
  return `at byte ${from + at} came ${where}`;
}

const before = sum();

/** Whether somebody has changed lent bytes. */
export function isIntact(): boolean {
  return sum() === before;
}

function sum(): number {
  let value = 0;
  for (let i = 0; i < TABLE.length; i++) value = (Math.imul(value, 31) + TABLE[i]) | 0;
  return value;
}
