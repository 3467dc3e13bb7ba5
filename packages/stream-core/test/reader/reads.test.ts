import '../support/fuzz.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reader } from '../../src/reader/index.js';
import { cuts, split, wire } from '../support/split.js';
import { kinds, turn } from './support.js';

describe.each(Object.entries(kinds))('of %s', (_kind, make) => {
  it('reads lines, parts, amounts and looks, what is there and what comes', async () => {
    const { stream, write, end } = make();
    const r = reader(stream);
    const first = r.readLine();
    await turn();
    write('one\r\ntwo\nGET / HTTP/1.1\r\n\r\nbody');
    expect(await first).toBe('one');
    expect(await r.readLine()).toBe('two');
    expect(String(await r.peek(3))).toBe('GET');
    expect(String(await r.readUntil('\r\n\r\n'))).toBe('GET / HTTP/1.1');
    expect(String(await r.readExactly(2))).toBe('bo');
    expect(String(await r.read())).toBe('dy');
    const more = r.read();
    await turn();
    write('!');
    expect(String(await more)).toBe('!');
    end();
    expect(await r.read()).toBe(null);
    expect([await r.readLine(), await r.readExactly(1), await r.peek(1), await r.readUntil('x'), await r.read()]).toEqual([null, null, null, null, null]);
  });

  it('gives the same lines however the bytes came', async () => {
    await fc.assert(fc.asyncProperty(wire, cuts, fc.boolean(), async (bytes, at, inBatches) => {
      const { stream, write, end } = make();
      const lines: string[] = [];
      const reading = (async () => {
        const parts = reader(stream).lines({ partial: true });
        if (inBatches) for await (const batch of parts.batches()) lines.push(...batch);
        else for await (const line of parts) lines.push(line);
      })();
      for (const chunk of split(bytes, at)) {
        write(chunk);
        if (chunk.length % 2) await turn();
      }
      end();
      await reading;
      const expected = bytes.toString().split('\n').map((line, i, all) => (i < all.length - 1 && line.endsWith('\r') ? line.slice(0, -1) : line));
      if (expected[expected.length - 1] === '') expected.pop();
      expect(lines).toEqual(expected);
    }), { numRuns: 60 });
  });

  it('reads frames up to the end, also by hand', async () => {
    const { stream, write, end } = make();
    const r = reader(stream);
    const frames: string[] = [];
    const reading = (async () => {
      for await (const frame of r.frames({ lengthBytes: 2, endian: 'little' })) {
        frames.push(String(frame));
        if (frame.length === 0) break;
      }
    })();
    write(Uint8Array.of(3, 0, 97, 98));
    await turn();
    write(Uint8Array.of(99, 0, 0, 1));
    await reading;
    expect(frames).toEqual(['abc', '']);
    const rest: unknown[] = [];
    const later = (async () => { for await (const frame of r.frames({ lengthBytes: 1 })) rest.push(String(frame)); })();
    await turn();
    write('x');
    end();
    await later;
    expect(rest).toEqual(['x']);
  });

  it('answers reads in the sequence in which they were asked for', async () => {
    const { stream, write, end } = make();
    const r = reader(stream);
    const all = Promise.all([r.readExactly(2), r.readLine(), r.peek(1), r.read(), r.readLine()].map(async (read) => {
      const found = await read;
      return found === null ? null : String(found);
    }));
    await turn();
    for (const byte of 'abc\nd') write(byte);
    await turn();
    end();
    expect(await all).toEqual(['ab', 'c', 'd', 'd', null]);
  });

  it('leaves a loop without a loss, and without an end', async () => {
    const { stream, write } = make();
    const r = reader(stream);
    write('1\n2\n3\nrest');
    for await (const line of r.lines()) if (line === '2') break;
    expect(await r.readLine()).toBe('3');
    expect(String(await r.read())).toBe('rest');
    expect(stream.destroyed).toBe(false);
    const lines = r.lines();
    await lines.return();
    expect(await lines.next()).toEqual({ done: true, value: undefined });
    expect(lines[Symbol.asyncIterator]()).toBe(lines);
  });

  it('reads at once what is there, by its bytes', async () => {
    const { stream, write } = make();
    const r = reader(stream);
    write('one\ntwo\nthr');
    expect(await r.readLine()).toBe('one');
    expect([r.bytes.takeLine(), r.bytes.takeLine(), r.bytes.length]).toEqual(['two', null, 3]);
  });
});
