import { expect, it, vi } from 'vitest';

it('knows base64url where the Buffer of a page does not', async () => {
  const known = (name: string): name is BufferEncoding => name !== 'base64url';
  // As that of the npm package `buffer`.
  vi.spyOn(Buffer, 'isEncoding').mockImplementation(known);
  vi.resetModules();
  const { byteLength, decode, encode } = await import('../src/bytes/bytes.js');
  vi.restoreAllMocks();
  const bytes = Uint8Array.of(251, 255, 254, 1);
  expect(decode(bytes, 'base64url')).toBe('-__-AQ');
  expect([...encode('-__-AQ', 'base64url')]).toEqual([...bytes]);
  expect(encode('-__-AQ', 'base64url')).toBeInstanceOf(Buffer);
  expect(byteLength('-__-AQ', 'base64url')).toBe(4);
  expect(decode(bytes, 'base64')).toBe('+//+AQ==');
});
