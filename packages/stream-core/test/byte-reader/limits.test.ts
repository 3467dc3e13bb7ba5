import '../support/fuzz.js';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ByteReader } from '../../src/reader/index.js';
import { cuts, split, wire } from '../support/split.js';

/** What comes of all bytes: the parts, and whether the limit ended it. */
function outcome(chunks: readonly Uint8Array[], take: (bytes: ByteReader) => unknown): unknown[] {
  const bytes = new ByteReader();
  const found: unknown[] = [];
  try {
    for (const chunk of chunks) {
      bytes.push(chunk);
      for (let one = take(bytes); one !== null; one = take(bytes)) found.push(one);
    }
  } catch (error) {
    found.push((error as { code: string }).code);
  }
  return found;
}

it('says that a line is too long whenever one of its bytes more would be there, however they were split', () => {
  fc.assert(fc.property(wire, cuts, fc.nat(12), (whole, at, max) => {
    // The end shows that something is too long at the latest.
    const end = Buffer.concat([whole, Buffer.from('x'.repeat(20))]);
    expect(outcome(split(end, at), (bytes) => bytes.takeLine(max))).toEqual(outcome(split(end, 'everywhere'), (bytes) => bytes.takeLine(max)));
    expect(outcome(split(end, at), (bytes) => bytes.takeUntil('aaa', max))).toEqual(outcome(split(end, 'everywhere'), (bytes) => bytes.takeUntil('aaa', max)));
  }), { numRuns: 500 });
});

it.each([
  ['a line', 'abcd', '\r\n', (bytes: ByteReader, max: number) => bytes.takeLine(max)],
  ['what comes before a delimiter', 'abcd', '--', (bytes: ByteReader, max: number) => bytes.takeUntil('--', max)],
] as const)('the limit of %s does not count what ends it', (_what, content, end, take) => {
  const bytes = new ByteReader();
  bytes.push(Buffer.from(content + end.slice(0, 1)));
  expect(take(bytes, 4)).toBe(null);
  bytes.push(Buffer.from(end.slice(1)));
  expect(() => take(bytes, 3)).toThrow(expect.objectContaining({ code: 'ERR_READER_LIMIT', name: 'RangeError', max: 3 }));
  expect(String(take(bytes, 4))).toBe(content);
});

it('refuses a frame as soon as its length is there, and takes nothing then', () => {
  const bytes = new ByteReader();
  bytes.push(Uint8Array.of(0, 0, 0, 6));
  expect(() => bytes.takeFrame(4, 'big', 5)).toThrow(expect.objectContaining({ code: 'ERR_READER_LIMIT', max: 5 }));
  expect(bytes.length).toBe(4);
  expect(bytes.takeFrame(4, 'big', 6)).toBe(null);
});

it('is 1 MiB where none is given', () => {
  const bytes = new ByteReader();
  bytes.push(Buffer.alloc(1_048_576));
  expect([bytes.takeLine(), bytes.takeUntil('x')]).toEqual([null, null]);
  bytes.push(Buffer.alloc(1, 'y'));
  expect(() => bytes.takeLine()).toThrow(expect.objectContaining({ code: 'ERR_READER_LIMIT' }));
  expect(() => bytes.takeUntil('x')).toThrow(expect.objectContaining({ code: 'ERR_READER_LIMIT' }));
  expect(bytes.takeUntil('y', Infinity)!.length).toBe(1_048_576);
});

it.each<[string, (bytes: ByteReader) => unknown, string]>([
  ['a chunk of text', (bytes) => { bytes.push('text' as never); }, 'ERR_INVALID_ARG_TYPE'],
  ['an amount of text', (bytes) => bytes.take('1' as never), 'ERR_INVALID_ARG_TYPE'],
  ['an amount below 0', (bytes) => bytes.take(-1), 'ERR_OUT_OF_RANGE'],
  ['half a byte', (bytes) => bytes.peek(0.5), 'ERR_OUT_OF_RANGE'],
  ['a symbol', (bytes) => bytes.takeUntil(Symbol('x') as never), 'ERR_INVALID_ARG_TYPE'],
  ['an empty delimiter', (bytes) => bytes.takeUntil(''), 'ERR_INVALID_ARG_VALUE'],
  ['an encoding in which a line feed is not one byte', (bytes) => bytes.takeLine(1, 'utf16le' as never), 'ERR_INVALID_ARG_VALUE'],
  ['an encoding in which other bytes become line feeds', (bytes) => bytes.takeLine(1, 'ascii' as never), 'ERR_INVALID_ARG_VALUE'],
  ['a limit that is no number', (bytes) => bytes.takeLine(null as never), 'ERR_INVALID_ARG_TYPE'],
  ['a length of nine bytes', (bytes) => bytes.takeFrame(9), 'ERR_OUT_OF_RANGE'],
  ['another order', (bytes) => bytes.takeFrame(1, 'middle' as never), 'ERR_INVALID_ARG_VALUE'],
])('refuses %s', (_what, call, code) => {
  expect(() => call(new ByteReader())).toThrow(expect.objectContaining({ code }));
});
