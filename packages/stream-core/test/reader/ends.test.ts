import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { reader } from '../../src/reader/index.js';
import { errorOf, kinds, turn } from './support.js';

describe.each(Object.entries(kinds))('of %s', (_kind, make) => {
  it.each<[string, string, (r: ReturnType<typeof reader>) => Promise<unknown>, number, number]>([
    ['an amount', 'abc', (r) => r.readExactly(5), 3, 2],
    ['a look', 'abc', (r) => r.peek(4), 3, 1],
    ['a line', 'abc', (r) => r.readLine(), 3, 1],
    ['a part, of whose delimiter some is there', 'ab\r\n', (r) => r.readUntil('\r\n\r\n'), 4, 2],
    ['the length of a frame', '\0', (r) => r.frames({ lengthBytes: 2 }).next(), 1, 1],
    ['a frame', '\0\x05ab', (r) => r.frames({ lengthBytes: 2 }).next(), 4, 3],
    ['lines', 'abc', (r) => r.lines().next(), 3, 1],
    ['lines in batches', 'abc', (r) => r.lines().batches().next(), 3, 1],
  ])('an end in the middle of %s says how much there was, and was missing', async (_what, bytes, ask, received, missing) => {
    for (const early of [true, false]) {
      const { stream, write, end } = make();
      const r = reader(stream);
      const asked = early ? errorOf(ask(r)) : null;
      write(bytes);
      end();
      await turn();
      const error = await (asked ?? errorOf(ask(r)));
      expect([error['code'], error['received'], error['missing'], error['needed']]).toEqual(['ERR_READER_INCOMPLETE', received, missing, received + missing]);
      // Nothing is lost by it.
      expect(String(await r.read())).toBe(bytes);
      expect(await r.readLine()).toBe(null);
    }
  });

  it('what is left is the last line, where that is asked for', async () => {
    const { stream, write, end } = make();
    const r = reader(stream);
    write('a\nb\r');
    end();
    await turn();
    expect([await r.readLine({ partial: true }), await r.readLine({ partial: true }), await r.readLine({ partial: true })]).toEqual(['a', 'b\r', null]);
  });

  it('the stream ends when its last byte was read, and not before', async () => {
    const { stream, write, end } = make();
    const r = reader(stream);
    let ended = false;
    stream.once('end', () => { ended = true; });
    write('a\nb\n');
    end();
    await turn();
    expect([await r.readLine(), String(await r.peek(2))]).toEqual(['a', 'b\n']);
    await turn();
    await turn();
    expect(ended).toBe(false);
    expect(await r.readLine()).toBe('b');
    await turn();
    expect(await r.readLine()).toBe(null);
    await turn();
    expect(ended).toBe(true);
  });

  it('an error rejects with that error, after what was received before it', async () => {
    const { stream, write } = make();
    const r = reader(stream);
    const [line, next] = [r.readLine(), errorOf(r.readLine())];
    const wrong = new Error('wrong');
    write('one\ntwo');
    await line;
    await turn();
    stream.destroy(wrong);
    expect(await next).toBe(wrong);
    expect(await errorOf(r.readLine())).toBe(wrong);
    expect(await errorOf(reader(make().stream.destroy(wrong)).read())).toBe(wrong);
  });

  it('a stream that is destroyed before its end is an error, too', async () => {
    const { stream } = make();
    const r = reader(stream);
    const read = errorOf(r.read());
    await turn();
    stream.destroy();
    expect((await read)['code']).toBe('ERR_STREAM_PREMATURE_CLOSE');
    await turn();
    r.release();
    expect((await errorOf(reader(stream).read()))['code']).toBe('ERR_STREAM_PREMATURE_CLOSE');
  });

  it('a stream that has ended gives null', async () => {
    const { stream, end } = make();
    stream.resume();
    end();
    await new Promise((resolve) => { stream.once('end', resolve as () => void); });
    expect(await reader(stream).read()).toBe(null);
  });
});

it.each<[string, () => Readable]>([
  ['in object mode', () => Readable.from(['a'])],
  ['with an encoding', () => new PassThrough({ encoding: 'utf8' })],
])('refuses a stream %s', (_what, make) => {
  expect(() => reader(make())).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }));
});

it('rejects when a stream gets an encoding meanwhile', async () => {
  const stream = new PassThrough();
  const r = reader(stream);
  stream.setEncoding('utf8');
  stream.write('text');
  expect((await errorOf(r.read()))['code']).toBe('ERR_INVALID_ARG_VALUE');
});

it.each([undefined, null, 'text', Symbol('s'), {}, { read() {} }])('refuses %s', (value) => {
  expect(() => reader(value as never)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }));
});

it('a stream has one reader at a time', () => {
  const stream = new PassThrough();
  const r = reader(stream);
  expect(() => reader(stream)).toThrow(expect.objectContaining({ code: 'ERR_READER_LOCKED' }));
  r.release();
  reader(stream);
});
