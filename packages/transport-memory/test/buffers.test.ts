import { WRITE_DONE, WRITE_PENDING } from '@netstrata/stream-core';
import { describe, expect, it } from 'vitest';
import { Lab } from './support/lab.js';

for (const [name, link] of [['an ideal link', {}], ['a link with latency', { latency: 5 }]] as const) {
  describe(`backpressure over ${name}`, () => {
    it('as much is taken as both kernels hold, and the rest when the peer reads', async () => {
      const lab = new Lab({ link, limits: { sendBuffer: 1000, receiveBuffer: 500 } });
      const { a, b } = await lab.pair(lab.host('a'), lab.host('b'));
      b.connection.readStop();
      expect(a.connection.write(Buffer.alloc(400))).toBe(WRITE_DONE);
      await lab.run();
      expect(a.connection.write(Buffer.alloc(600))).toBe(WRITE_DONE);
      await lab.run();
      expect(a.connection.write(Buffer.alloc(600, 'x'))).toBe(WRITE_PENDING);
      await lab.run();
      expect(a.events).not.toContain('written');
      b.connection.readStart();
      await lab.run();
      expect([a.events.at(-1), b.received]).toEqual(['written', 1600]);
    });

    it('a write that is larger than all buffers goes through in parts', async () => {
      const lab = new Lab({ link, limits: { sendBuffer: 1000, receiveBuffer: 500 } });
      const { a, b } = await lab.pair(lab.host('a'), lab.host('b'));
      const sent = Buffer.from(Array.from({ length: 10_000 }, (_, i) => i));
      a.connection.write(sent);
      await lab.run();
      expect([a.events.at(-1), Buffer.concat(b.chunks).equals(sent)]).toEqual(['written', true]);
    });
  });
}

describe('a slow reader', () => {
  it('reads so many bytes a second', async () => {
    const lab = new Lab({ limits: { receiveBuffer: 1000 } });
    const [one, other] = [lab.host('a'), lab.host('b')];
    const { a, b } = await lab.pair(one, other);
    other.changeLimits({ readRate: 1000 });
    a.connection.write(Buffer.alloc(5000));
    await lab.until(() => b.received === 5000);
    expect(lab.time.now).toBeCloseTo(4000, 0);
  });
});
