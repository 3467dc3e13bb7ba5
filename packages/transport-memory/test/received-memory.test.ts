import { describe, expect, it } from 'vitest';
import type { NetworkEvent } from '../src/index.js';
import { Lab, type End } from './support/lab.js';

/** Chunks that are not the whole of an ArrayBuffer. */
function parts({ chunks }: End): Uint8Array[] {
  return chunks.filter(({ byteOffset, length, buffer }) => byteOffset !== 0 || buffer.byteLength !== length);
}

const counted = (length: number): Buffer => Buffer.from(Array.from({ length }, (_, i) => i));

describe('what is read has memory of its own', () => {
  for (const [where, link] of [['an ideal link', {}], ['a link that cuts', { latency: 1, segment: [1, 700] }]] as const) {
    it(`over ${where}, where more waits than is read at once`, async () => {
      const lab = new Lab({ link, limits: { sendBuffer: 300_000, receiveBuffer: 200_000 } });
      const { a, b } = await lab.pair(lab.host('a'), lab.host('b'));
      const sent = counted(150_000);
      b.connection.readStop();
      a.connection.write(sent);
      await lab.run();
      b.connection.readStart();
      await lab.run();
      expect([b.chunks.length > 1, parts(b)]).toEqual([true, []]);
      expect(Buffer.concat(b.chunks).equals(sent)).toBe(true);
    });

    it(`over ${where}, where the buffers are smaller than what is written`, async () => {
      const lab = new Lab({ link, limits: { sendBuffer: 1000, receiveBuffer: 700 } });
      const { a, b } = await lab.pair(lab.host('a'), lab.host('b'));
      const sent = counted(10_000);
      a.connection.writev([sent.subarray(0, 3000), sent.subarray(3000)]);
      await lab.run();
      expect([b.received, parts(b), new Set(b.chunks.map(({ buffer }) => buffer)).size]).toEqual([10_000, [], b.chunks.length]);
      expect(Buffer.concat(b.chunks).equals(sent)).toBe(true);
    });
  }

  it('when a connection is reset in the middle of a segment', async () => {
    const lab = new Lab({ link: { latency: 1 } });
    const [one, other] = [lab.host('a'), lab.host('b')];
    const { a, b } = await lab.pair(one, other);
    lab.network.path(one, other).reset(30);
    a.connection.write(counted(100));
    await lab.run();
    expect([b.received, parts(b)]).toEqual([30, []]);
  });
});

it('an observer gets copies: what it does with them nobody notices', async () => {
  const seen: NetworkEvent[] = [];
  const observer = (event: NetworkEvent): void => {
    if (event.data === null) return;
    seen.push({ ...event, data: structuredClone(event.data, { transfer: [event.data.buffer as ArrayBuffer] }) });
  };
  const lab = new Lab({ observer });
  const { a, b } = await lab.pair(lab.host('a'), lab.host('b'));
  const sent = Buffer.from('hello');
  a.connection.write(sent);
  a.connection.writev([Buffer.from('wor'), Buffer.from('ld')]);
  await lab.run();
  expect([sent.toString(), b.text]).toEqual(['hello', 'helloworld']);
  b.chunks[0].fill(0);
  expect(seen.map(({ kind, data }) => `${kind} ${Buffer.from(data!).toString()}`)).toEqual(['send hello', 'arrive hello', 'send world', 'arrive world']);
});
