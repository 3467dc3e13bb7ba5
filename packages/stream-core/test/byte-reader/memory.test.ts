import { expect, it } from 'vitest';
import { ByteReader } from '../../src/reader/index.js';

/** Counts the bytes that are copied while `work` runs, by the only ways in which this package copies many. */
function copied(work: () => void): number {
  let bytes = 0;
  const alloc = Buffer.alloc.bind(Buffer);
  const allocUnsafeSlow = Buffer.allocUnsafeSlow.bind(Buffer);
  const before = { alloc: Reflect.get(Buffer, 'alloc') as unknown, allocUnsafeSlow: Reflect.get(Buffer, 'allocUnsafeSlow') as unknown };
  const Real = globalThis.Uint8Array;
  // What is copied goes to new memory.
  globalThis.Uint8Array = new Proxy(Real, { construct: (target, args: [number], derived: typeof Uint8Array) => {
    if (typeof args[0] === 'number') bytes += args[0];
    return Reflect.construct(target, args, derived) as Uint8Array;
  } });
  Buffer.alloc = ((size: number) => { bytes += size; return alloc(size); });
  Buffer.allocUnsafeSlow = (size) => { bytes += size; return allocUnsafeSlow(size); };
  try {
    work();
  } finally {
    globalThis.Uint8Array = Real;
    Object.assign(Buffer, before);
  }
  return bytes;
}

it.each([
  ['a line', (bytes: ByteReader) => bytes.takeLine()],
  ['a part', (bytes: ByteReader) => bytes.takeUntil('\r\n\r\n')],
  ['an amount', (bytes: ByteReader) => bytes.take(100_001)],
  ['a look', (bytes: ByteReader) => (bytes.length < 64 ? bytes.peek(bytes.length) : null)],
])('%s that comes byte by byte takes memory in proportion', (_what, take) => {
  const chunk = Buffer.alloc(1, 'x');
  const bytes = new ByteReader();
  const used = copied(() => {
    for (let i = 0; i < 100_000; i++) {
      bytes.push(chunk);
      take(bytes);
    }
  });
  expect(bytes.length).toBe(100_000);
  expect(used).toBeLessThan(100_000 * 5);
});

it('looks at no byte twice, for whatever it waits', () => {
  const bytes = new ByteReader();
  const memory = Buffer.alloc(20_000, 'a');
  bytes.push(memory);
  expect(bytes.takeUntil('aab')).toBe(null);
  // What was searched is not searched again: a delimiter that is put there afterwards is not seen.
  memory.write('aab', 100);
  bytes.push(Buffer.from('a'));
  expect(bytes.takeUntil('aab')).toBe(null);
  bytes.push(Buffer.from('b'));
  expect(bytes.takeUntil('aab')!.length).toBe(19_999);
});

it('shares the memory of a chunk that is the whole of its ArrayBuffer, and copies from one that is not', () => {
  const whole = Buffer.from(new ArrayBuffer(1000));
  const pool = new ArrayBuffer(8192);
  for (const [chunk, shares] of [[whole, true], [Buffer.from(pool, 0, 1000), false], [Buffer.from(pool, 1000, 1000), false]] as const) {
    const bytes = new ByteReader();
    bytes.push(chunk);
    const [part, all] = [bytes.take(400)!, bytes.take(600)!];
    expect([part.buffer === chunk.buffer, all.buffer === chunk.buffer]).toEqual([shares, shares]);
    if (!shares) expect([part.buffer.byteLength, all.buffer.byteLength]).toEqual([400, 600]);
  }
});

it('hands out a whole chunk as it is', () => {
  const chunk = Buffer.from(new ArrayBuffer(1000));
  const bytes = new ByteReader();
  bytes.push(chunk);
  expect(bytes.takeSome()).toBe(chunk);
});

it('never hands out memory that held something else: what chunks are put together in begins as zeros', () => {
  const bytes = new ByteReader();
  bytes.push(Buffer.alloc(300, 1));
  bytes.push(Buffer.alloc(300, 1));
  const around = new Uint8Array(bytes.take(500)!.buffer);
  expect(around.every((byte) => byte <= 1)).toBe(true);
});

it('gives back what is left in memory of its own', () => {
  const bytes = new ByteReader();
  bytes.push(Buffer.from(new ArrayBuffer(1000)));
  const taken = bytes.take(500)!;
  const rest = bytes.release();
  expect([rest.length, rest.buffer.byteLength, rest.buffer === taken.buffer, bytes.length]).toEqual([500, 500, false, 0]);
  expect(bytes.release().length).toBe(0);
});

it('says so when a result took the memory of the rest with it, and goes on', () => {
  const bytes = new ByteReader();
  bytes.push(Buffer.from(new ArrayBuffer(1000)));
  bytes.takeLine();
  const { buffer } = bytes.take(500)!;
  structuredClone(buffer, { transfer: [buffer as ArrayBuffer] });
  expect(() => bytes.take(1)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_STATE' }));
  bytes.push(Buffer.from('on\n'));
  expect(bytes.takeLine()).toBe('on');
});

it('takes any view, and none at its word', () => {
  class Liar extends Uint8Array {
    override get length(): number { return 1_000_000; }
  }
  const bytes = new ByteReader();
  bytes.push(new Liar([97, 98]));
  bytes.push(new DataView(Uint8Array.of(99, 10).buffer));
  bytes.push(Uint16Array.of(0x0a0a));
  expect([bytes.length, bytes.takeLine(), bytes.takeLine(), bytes.length]).toEqual([6, 'abc', '', 1]);
});
