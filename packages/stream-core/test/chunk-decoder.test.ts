import { StringDecoder } from 'node:string_decoder';
import './support/fuzz.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChunkDecoder, type Encoding } from '../src/index.js';

const encodings: Encoding[] = ['utf8', 'utf16le', 'latin1', 'ascii', 'base64', 'base64url', 'hex'];
/** Text with characters of every length, now and then cut or damaged. */
const bytes = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => Buffer.from(text)),
  fc.string({ unit: 'binary', maxLength: 12 }).map((text) => Buffer.from(text, 'utf16le')),
  fc.uint8Array({ maxLength: 16 }).map((array) => Buffer.from(array)),
  fc.array(fc.constantFrom(0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80, 0xc3, 0x28, 0x41), { maxLength: 12 }).map((array) => Buffer.from(array)),
);
const cuts = fc.array(fc.nat(16), { maxLength: 6 });

function split(whole: Buffer, at: readonly number[]): Buffer[] {
  const edges = [0, ...at.map((edge) => Math.min(edge, whole.length)).sort((a, b) => a - b), whole.length];
  return edges.slice(1).map((edge, i) => whole.subarray(edges[i], edge));
}

describe.each(encodings)('a ChunkDecoder of %s', (encoding) => {
  it('gives what decoding the whole at once gives, however it was split', () => {
    fc.assert(
      fc.property(bytes, cuts, (whole, at) => {
        // An unfinished unit of UTF-16 at the very end is not shown.
        const expected = whole.toString(encoding);
        const decoder = new ChunkDecoder(encoding);
        const text = split(whole, at).map((chunk) => decoder.write(chunk)).join('') + decoder.end();
        expect(text).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it("gives each piece as soon as Node's StringDecoder does", () => {
    // Node's keeps to no rule for what is damaged, nor for UTF-16 that is cut within a unit.
    const even = encoding === 'utf16le' ? cuts.map((at) => at.map((edge) => edge * 2)) : cuts;
    const sound = fc.string({ unit: 'grapheme', maxLength: 12 }).map((value) => Buffer.from(value, encoding === 'utf16le' ? 'utf16le' : 'utf8'));
    const text = encoding === 'utf8' || encoding === 'utf16le' ? sound : bytes;
    fc.assert(
      fc.property(text, even, (whole, at) => {
        const theirs = new StringDecoder(encoding);
        const ours = new ChunkDecoder(encoding);
        for (const chunk of split(whole, at)) expect(ours.write(chunk)).toBe(theirs.write(chunk));
        expect(ours.end()).toBe(theirs.end());
      }),
      { numRuns: 500 },
    );
  });

  it('keeps nothing of a chunk that its owner uses again', () => {
    fc.assert(
      fc.property(bytes, cuts, (whole, at) => {
        const decoder = new ChunkDecoder(encoding);
        let text = '';
        for (const chunk of split(whole, at)) {
          const lent = Buffer.from(chunk);
          text += decoder.write(lent);
          lent.fill(0xff);
        }
        expect(text + decoder.end()).toBe(whole.toString(encoding));
      }),
    );
  });
});

it.each(encodings)("a ChunkDecoder of %s gives each first byte as soon as Node's StringDecoder does", (encoding) => {
  for (let byte = 0; byte < 256; byte++) {
    for (const chunk of [Buffer.from([byte]), Buffer.from([byte, 0x41]), Buffer.from([0x41, byte])]) {
      expect([chunk, new ChunkDecoder(encoding).write(chunk)]).toEqual([chunk, new StringDecoder(encoding).write(chunk)]);
    }
  }
});

it('a ChunkDecoder of utf16le splits no pair, also where a chunk ends within a unit', () => {
  const bytes = Buffer.from('a😀b', 'utf16le');
  for (let at = 0; at <= bytes.length; at++) {
    const decoder = new ChunkDecoder('utf16le');
    const pieces = [decoder.write(bytes.subarray(0, at)), decoder.write(bytes.subarray(at))];
    expect([pieces.join(''), /[\ud800-\udbff]$/.test(pieces[0])]).toEqual(['a😀b', false]);
  }
});

it('a ChunkDecoder holds back no more than one character of text that is damaged', () => {
  for (const bytes of [[0xe2, 0x82, 0x41], [0xf0, 0x9f, 0x41], [0xf8, 0x88, 0x80, 0x80], [0xe2, 0x82, 0xac, 0x80], [0xf0, 0x9f, 0x98, 0x80]]) {
    expect(new ChunkDecoder('utf8').write(Buffer.from(bytes))).toBe(Buffer.from(bytes).toString());
  }
});
