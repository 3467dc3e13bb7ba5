import { WRITE_DONE, WRITE_PENDING } from '@netstrata/stream-core';
import { describe, expect, it } from 'vitest';
import { Lab, type End } from './support/lab.js';

const limits = { sendBuffer: 1000, receiveBuffer: 500 };

/** A connection of which one end does not read, and to which more is written than is accepted. */
async function blocked(chunks: readonly Uint8Array[]): Promise<{ readonly lab: Lab; readonly a: End; readonly b: End }> {
  const lab = new Lab({ limits });
  const { a, b } = await lab.pair(lab.host('a'), lab.host('b'));
  b.connection.readStop();
  expect(a.connection.writev(chunks)).toBe(WRITE_PENDING);
  await lab.run();
  return { lab, a, b };
}

/** A view of memory that can change its size; without a size it follows the memory. */
function resizable(size?: number): { readonly chunk: Uint8Array; readonly resize: (size: number) => void } {
  const buffer = new (ArrayBuffer as unknown as new (size: number, options: object) => ArrayBuffer)(3000, { maxByteLength: 6000 });
  new Uint8Array(buffer).fill(7);
  return { chunk: size === undefined ? new Uint8Array(buffer) : new Uint8Array(buffer, 0, size), resize: (to) => (buffer as unknown as { resize(size: number): void }).resize(to) };
}

const detach = (chunk: Uint8Array): unknown => structuredClone(chunk, { transfer: [chunk.buffer as ArrayBuffer] });

describe('what was written and is taken away before the kernel took it', () => {
  const ways: Record<string, () => { readonly chunks: readonly Uint8Array[]; readonly take: () => unknown }> = {
    'is given to another thread': () => {
      const chunk = new Uint8Array(3000).fill(7);
      return { chunks: [chunk], take: () => detach(chunk) };
    },
    'is the last of several': () => {
      const chunk = new Uint8Array(3000).fill(7);
      return { chunks: [new Uint8Array(2000).fill(7), new Uint8Array(66_000).fill(7), chunk], take: () => detach(chunk) };
    },
    'gets smaller': () => {
      const { chunk, resize } = resizable(3000);
      return { chunks: [chunk], take: () => resize(2999) };
    },
    'gets smaller, and its view with it': () => {
      const { chunk, resize } = resizable();
      return { chunks: [chunk], take: () => resize(2999) };
    },
  };

  for (const [what, make] of Object.entries(ways)) {
    it(`fails with EFAULT when it ${what}, and the peer hears of a reset`, async () => {
      const { chunks, take } = make();
      const { lab, a, b } = await blocked(chunks);
      take();
      b.connection.readStart();
      await lab.run();
      expect(a.error).toMatchObject({ message: 'write EFAULT', code: 'EFAULT', syscall: 'write', errno: -14, cause: { code: 'ERR_INVALID_STATE' } });
      expect([a.events.at(-1), b.events.at(-1), b.events.includes('end')]).toEqual(['EFAULT', 'ECONNRESET', false]);
      expect(b.chunks.every((chunk) => chunk.every((byte) => byte === 7))).toBe(true);
    });
  }

  it('stands in the way of nothing when the connection is closed before that shows', async () => {
    const chunk = new Uint8Array(3000).fill(7);
    const { lab, a, b } = await blocked([chunk]);
    detach(chunk);
    a.connection.close();
    b.connection.readStart();
    await lab.run();
    expect([a.events.at(-1), b.received, b.events.at(-1)]).toEqual(['closed', 1500, 'end']);
  });
});

it('a view that grows with its memory sends what it had when it was written', async () => {
  const { chunk, resize } = resizable();
  const { lab, a, b } = await blocked([chunk]);
  resize(6000);
  b.connection.readStart();
  await lab.run();
  expect([a.events.at(-1), b.received, a.connection.bytesWritten]).toEqual(['written', 3000, 3000]);
});

it('bytes that are gone before they are written are none', async () => {
  const lab = new Lab();
  const { a, b } = await lab.pair(lab.host('a'), lab.host('b'));
  const chunk = new Uint8Array(10);
  detach(chunk);
  expect([a.connection.write(chunk), a.connection.writev([Buffer.from('x'), chunk])]).toEqual([WRITE_DONE, WRITE_DONE]);
  await lab.run();
  expect([b.text, a.connection.bytesWritten]).toEqual(['x', 1]);
});
