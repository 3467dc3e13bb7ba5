import './support/fuzz.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeInto, portableDecode, portableEncode } from '../src/bytes/bytes.js';
import { byteLength, decode, encode, encodingName, type Encoding } from '../src/index.js';

const encodings: Encoding[] = ['utf8', 'utf16le', 'latin1', 'ascii', 'base64', 'base64url', 'hex'];
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)));
const digits = fc.string({ unit: fc.constantFrom('A', 'Z', 'a', 'z', '0', '9', '+', '/', '-', '_', '=', ' ', '\n', '!'), maxLength: 30 });
/** Beyond Latin-1, Node 20 takes the low byte of a character for a digit. */
const hex = fc.string({ unit: fc.constantFrom('0', '9', 'a', 'f', 'A', 'F', 'g', 'x', ' ', 'ü'), maxLength: 20 });

describe.each(encodings)('without Buffer, %s', (encoding) => {
  it('becomes text as Buffer makes it', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      expect(portableDecode(bytes, encoding)).toBe(Buffer.from(bytes).toString(encoding));
    }), { numRuns: 500 });
  });

  it('becomes bytes as Buffer makes them', () => {
    const input = encoding === 'hex' ? hex : encoding.startsWith('base64') ? fc.oneof(fc.base64String(), digits) : text;
    fc.assert(fc.property(input, (value) => {
      expect([...portableEncode(value, encoding)]).toEqual([...Buffer.from(value, encoding)]);
    }), { numRuns: 500 });
  });

  it('has, and keeps, a mark of the byte order', () => {
    const value = '\ufeffa';
    expect([...portableEncode(value, encoding)]).toEqual([...Buffer.from(value, encoding)]);
    const bytes = Buffer.from('\ufeffa\ufeff');
    expect(portableDecode(bytes, encoding)).toBe(bytes.toString(encoding));
  });

  it('has the length that byteLength tells', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const value = decode(bytes, encoding);
      expect(byteLength(value, encoding)).toBe(encode(value, encoding).length);
    }));
  });
});

it.each(encodings)('text in %s becomes the same bytes in memory that is there', (encoding) => {
  fc.assert(fc.property(fc.oneof(text, digits, hex), fc.nat(5), (value, at) => {
    const memory = Buffer.alloc(at + 3 * value.length, '.');
    const size = encodeInto(memory, value, at, encoding);
    expect(memory.toString('latin1')).toBe(`${'.'.repeat(at)}${Buffer.from(value, encoding).toString('latin1')}${'.'.repeat(memory.length - at - size)}`);
  }));
});

it('an encoding that nobody knows is refused', () => {
  expect(() => encode('x', 'nope')).toThrow(expect.objectContaining({ code: 'ERR_UNKNOWN_ENCODING', message: 'Unknown encoding: nope' }));
});

it('encodingName knows the names that Node knows, and no others', () => {
  for (const name of ['utf8', 'UTF-8', 'ucs2', 'UCS-2', 'utf16le', 'UTF-16LE', 'latin1', 'Binary', 'ascii', 'base64', 'BASE64URL', 'hex', 'buffer', 'utf', '', 'toString', '__proto__']) {
    expect([name, encodingName(name) !== undefined]).toEqual([name, Buffer.isEncoding(name)]);
  }
  for (const name of [null, undefined, 5, {}]) expect(encodingName(name)).toBeUndefined();
});
