import '../support/fuzz.js';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ByteReader } from '../../src/reader/index.js';
import { cuts, split, wire } from '../support/split.js';

/** Pushes chunk by chunk; after each `take` is asked until it has nothing more. */
function all<T>(chunks: readonly Uint8Array[], take: (bytes: ByteReader) => T | null): { found: T[]; rest: Uint8Array } {
  const bytes = new ByteReader();
  const found: T[] = [];
  for (const chunk of chunks) {
    bytes.push(chunk);
    for (let one = take(bytes); one !== null; one = take(bytes)) found.push(one);
  }
  return { found, rest: bytes.release() };
}

function linesOf(whole: Buffer, encoding: BufferEncoding): { found: string[]; rest: Buffer } {
  const found: string[] = [];
  let from = 0;
  for (let stop = whole.indexOf(10); stop >= 0; stop = whole.indexOf(10, from)) {
    found.push(whole.toString(encoding, from, stop > from && whole[stop - 1] === 13 ? stop - 1 : stop));
    from = stop + 1;
  }
  return { found, rest: whole.subarray(from) };
}

it('gives the same lines however the bytes were split', () => {
  fc.assert(fc.property(wire, cuts, fc.constantFrom('utf8' as const, 'latin1' as const), (whole, at, encoding) => {
    const { found, rest } = all(split(whole, at), (bytes) => bytes.takeLine(undefined, encoding));
    const expected = linesOf(whole, encoding);
    expect(found).toEqual(expected.found);
    expect(Buffer.from(rest)).toEqual(Buffer.from(expected.rest));
  }), { numRuns: 500 });
});

it('gives the same lines in batches, and in turn with other reads', () => {
  fc.assert(fc.property(wire, cuts, fc.array(fc.constantFrom('line', 'lines', 'peek', 'byte'), { minLength: 1 }), (whole, at, ways) => {
    let turn = 0;
    // Every byte read in one way or the other, in the same sequence.
    const { found, rest } = all(split(whole, at), (bytes) => {
      const before = bytes.length;
      const way = ways[turn % ways.length];
      const one = way === 'byte' ? bytes.takeSome(1) : way === 'lines' ? bytes.takeLines() : bytes.takeLine();
      if (way === 'peek' && bytes.length > 0) expect(bytes.peek(1)!.length).toBe(1);
      if (one === null) expect(bytes.length).toBe(before);
      else turn++;
      return one === null ? null : before - bytes.length;
    });
    expect(found.reduce((sum, size) => sum + size, 0) + rest.length).toBe(whole.length);
    expect(whole.subarray(whole.length - rest.length)).toEqual(Buffer.from(rest));
  }), { numRuns: 500 });
});

it('decodes a long run of lines as it decodes each of them', () => {
  const lines = Array.from({ length: 3000 }, (_, i) => `${i} ${'é'.repeat(i % 7)}${'x'.repeat(i % 40)}`);
  const whole = Buffer.from(lines.map((line, i) => line + (i % 3 ? '\n' : '\r\n')).join(''));
  expect(all([whole], (bytes) => bytes.takeLine()).found).toEqual(lines);
  expect(all([whole], (bytes) => bytes.takeLines()).found.flat()).toEqual(lines);
  expect(all([whole], (bytes) => bytes.takeLine(4095)).found).toEqual(lines);
});

it('finds a delimiter however it was split, also one that repeats itself', () => {
  const delimiter = fc.oneof(fc.constantFrom('\n', '\r\n', 'aa', 'aab', 'abab'), fc.array(fc.constantFrom(97, 98), { minLength: 1, maxLength: 5 }).map((array) => Uint8Array.from(array)));
  const text = fc.array(fc.constantFrom(97, 98, 10, 13), { maxLength: 60 }).map((array) => Buffer.from(array));
  fc.assert(fc.property(text, cuts, delimiter, (whole, at, until) => {
    const expected: Buffer[] = [];
    let from = 0;
    for (let stop = whole.indexOf(until); stop >= 0; stop = whole.indexOf(until, from)) {
      expected.push(whole.subarray(from, stop));
      from = stop + until.length;
    }
    const { found, rest } = all(split(whole, at), (bytes) => bytes.takeUntil(until));
    expect(found.map((part) => Buffer.from(part))).toEqual(expected.map((part) => Buffer.from(part)));
    expect(Buffer.from(rest)).toEqual(Buffer.from(whole.subarray(from)));
  }), { numRuns: 1000 });
});

it('gives the same frames however the bytes were split', () => {
  const frames = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 8 });
  fc.assert(fc.property(frames, cuts, fc.integer({ min: 1, max: 8 }), fc.constantFrom('big' as const, 'little' as const), (payloads, at, lengthBytes, endian) => {
    const whole = Buffer.concat(payloads.flatMap((payload) => {
      const header = Buffer.alloc(8);
      if (endian === 'big') header.writeBigUInt64BE(BigInt(payload.length));
      else header.writeBigUInt64LE(BigInt(payload.length));
      return [endian === 'big' ? header.subarray(8 - lengthBytes) : header.subarray(0, lengthBytes), payload];
    }));
    const { found, rest } = all(split(whole, at), (bytes) => bytes.takeFrame(lengthBytes, endian));
    expect(found.map((frame) => Buffer.from(frame))).toEqual(payloads.map((frame) => Buffer.from(frame)));
    expect(rest.length).toBe(0);
  }));
});

it('reads numbers in network byte order, exact amounts, what there is, and what stays', () => {
  const bytes = new ByteReader();
  bytes.push(Uint8Array.of(1, 2, 3));
  expect([bytes.uint32(), bytes.take(4), bytes.skip(4), bytes.peek(4), bytes.length]).toEqual([null, null, false, null, 3]);
  bytes.push(Uint8Array.of(4, 255, 254, 7, 8, 9));
  expect([...bytes.peek(2)!, bytes.uint32(), bytes.uint16(), bytes.uint8()]).toEqual([1, 2, 0x01020304, 0xfffe, 7]);
  expect([...bytes.takeSome(1)!, bytes.skip(1), bytes.takeSome(), bytes.uint8(), bytes.uint16(), bytes.take(0)]).toEqual([8, true, null, null, null, Buffer.alloc(0)]);
});

it('knows its end, and takes nothing after it', () => {
  const bytes = new ByteReader();
  bytes.push(Buffer.from('last'));
  expect(bytes.ended).toBe(false);
  bytes.end();
  expect([bytes.ended, bytes.takeLine(), bytes.takeLast(), bytes.takeLast()]).toEqual([true, null, 'last', null]);
  expect(() => { bytes.push(Buffer.from('x')); }).toThrow(expect.objectContaining({ code: 'ERR_STREAM_PUSH_AFTER_EOF' }));
});
