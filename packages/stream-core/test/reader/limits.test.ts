import { describe, expect, it } from 'vitest';
import { reader } from '../../src/reader/index.js';
import { errorOf, kinds, turn } from './support.js';

describe.each(Object.entries(kinds))('of %s', (_kind, make) => {
  it.each<[string, string, (r: ReturnType<typeof reader>) => Promise<unknown>]>([
    ['a line', 'x'.repeat(12), (r) => r.readLine({ max: 10 })],
    ['lines', 'x'.repeat(12), (r) => r.lines({ max: 10 }).next()],
    ['a part', 'x'.repeat(12), (r) => r.readUntil('\n', { max: 10 })],
    ['frames', '\0\0\0\x0b', (r) => r.frames({ max: 10 }).next()],
    ['an amount', '', (r) => r.readExactly(11, { max: 10 })],
    ['a look', '', (r) => r.peek(11, { max: 10 })],
  ])('%s rejects as soon as it is too long for sure, and nothing is lost', async (_what, bytes, ask) => {
    const { stream, write } = make();
    const r = reader(stream);
    const failed = errorOf(ask(r));
    if (bytes !== '') write(bytes);
    const error = await failed;
    expect([error['code'], error['max']]).toEqual(['ERR_READER_LIMIT', 10]);
    write('\n');
    await turn();
    expect(String(await r.readExactly(bytes.length + 1))).toBe(`${bytes}\n`);
  });

  it('takes the limit of the reader where the call has none', async () => {
    const { stream, write } = make();
    const r = reader(stream, { max: 3 });
    write('abcd\nef\n');
    expect((await errorOf(r.readLine()))['code']).toBe('ERR_READER_LIMIT');
    expect((await errorOf(r.readUntil('\n')))['code']).toBe('ERR_READER_LIMIT');
    expect((await errorOf(r.readExactly(4)))['code']).toBe('ERR_READER_LIMIT');
    expect(await r.readLine({ max: 4 })).toBe('abcd');
    // No more at once.
    expect([String(await r.read({ max: 1 })), String(await r.read())]).toEqual(['e', 'f\n']);
  });

  it('lets the lines before one that is too long pass', async () => {
    const { stream, write } = make();
    const batches = reader(stream, { max: 3 }).lines().batches();
    write('a\nb\nlong one\n');
    const lines: string[] = [];
    const error = await errorOf((async () => { for await (const batch of batches) lines.push(...batch); })());
    expect([lines, error['code']]).toEqual([['a', 'b'], 'ERR_READER_LIMIT']);
  });
});

it.each(Object.entries(kinds).filter(([kind]) => kind !== 'a channel that lends'))('of %s: one that nobody asks takes no more than a watermark, whatever was asked before', async (_kind, make) => {
  const { stream, write } = make();
  const r = reader(stream);
  write('line\n');
  expect(await r.readLine()).toBe('line');
  for (let i = 0; i < 100; i++) {
    write(Buffer.alloc(10_000));
    await turn();
  }
  expect(r.bytes.length).toBe(0);
  expect(stream.readableLength).toBeLessThan(200_000);
  // And what it asks for is all there.
  expect((await r.readExactly(1_000_000))!.length).toBe(1_000_000);
});

it('takes 16 MiB and not more where no limit is given', async () => {
  const { stream } = kinds['a pair']();
  const r = reader(stream);
  expect(await errorOf(r.readExactly(16_777_217))).toMatchObject({ code: 'ERR_READER_LIMIT', max: 16_777_216 });
});

it.each<[string, (r: ReturnType<typeof reader>) => Promise<unknown>, string]>([
  ['an amount below 0', (r) => r.readExactly(-1), 'ERR_OUT_OF_RANGE'],
  ['an amount that is no number', (r) => r.peek('1' as never), 'ERR_INVALID_ARG_TYPE'],
  ['a limit that is none', (r) => r.readLine({ max: 'x' as never }), 'ERR_INVALID_ARG_TYPE'],
  ['an empty delimiter', (r) => r.readUntil(''), 'ERR_INVALID_ARG_VALUE'],
  ['a symbol', (r) => r.readUntil(Symbol('s') as never), 'ERR_INVALID_ARG_TYPE'],
  ['a time below 0', (r) => r.read({ timeout: -1 }), 'ERR_OUT_OF_RANGE'],
  ['a time that no timer can wait', (r) => r.read({ timeout: 2 ** 31 }), 'ERR_OUT_OF_RANGE'],
  ['a time that is none', (r) => r.read({ timeout: '1' as never }), 'ERR_INVALID_ARG_TYPE'],
  ['a signal that is none', (r) => r.read({ signal: {} as never }), 'ERR_INVALID_ARG_TYPE'],
  ['options that are none', (r) => r.readLine(null as never), 'ERR_INVALID_ARG_TYPE'],
  ['another encoding', (r) => r.readLine({ encoding: 'hex' as never }), 'ERR_INVALID_ARG_VALUE'],
])('rejects %s', async (_what, call, code) => {
  expect((await errorOf(call(reader(kinds['a pair']().stream))))['code']).toBe(code);
});

it('takes no option from Object.prototype', async () => {
  const polluted = Object.prototype as { max?: number; timeout?: number };
  const { stream, write } = kinds['a pair']();
  const r = reader(stream);
  polluted.max = 1;
  polluted.timeout = 1;
  try {
    write('long enough\nlong enough\n');
    expect([await r.readLine({ partial: true }), await r.readLine()]).toEqual(['long enough', 'long enough']);
  } finally {
    delete polluted.max;
    delete polluted.timeout;
  }
});
