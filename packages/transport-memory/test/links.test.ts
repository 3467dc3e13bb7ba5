import { describe, expect, it } from 'vitest';
import type { LinkConditions } from '../src/index.js';
import { Lab } from './support/lab.js';

const joined = async (link: LinkConditions, seed = 1) => {
  const lab = new Lab({ link, seed });
  const [one, other] = [lab.host('a'), lab.host('b')];
  const { a, b } = await lab.pair(one, other);
  return { lab, one, other, a, b, from: lab.time.now };
};

describe('links', () => {
  it('latency: a connection takes a round trip, bytes take one way', async () => {
    const lab = new Lab({ link: { latency: 10 } });
    const [one, other] = [lab.host('a'), lab.host('b')];
    const intake = lab.listen(other, 80);
    const a = lab.dial(one, other.addresses[0], 80);
    await lab.until(() => a.events.length > 0);
    expect(lab.time.now).toBe(20);
    a.connection.write(Buffer.from('hello'));
    await lab.until(() => intake.ends[0]?.text === 'hello');
    expect(lab.time.now).toBe(30);
  });

  it('jitter: packets take longer, and stay in order', async () => {
    const { lab, a, b } = await joined({ latency: 10, jitter: 5 });
    const times = new Set<number>();
    for (let i = 0; i < 50; i++) {
      a.connection.write(Buffer.from(String.fromCharCode(48 + i)));
      await lab.run(1);
    }
    await lab.run();
    for (const { at, kind } of lab.log) if (kind === 'arrive') times.add(at);
    expect(b.text).toBe(Array.from({ length: 50 }, (_, i) => String.fromCharCode(48 + i)).join(''));
    expect(times.size).toBeGreaterThan(10);
  });

  it('bandwidth: a link carries so many bytes a second, for all its connections together', async () => {
    const { lab, one, other, a, b, from } = await joined({ bandwidth: 100_000 });
    const second = await lab.pair(one, other, 81);
    a.connection.write(Buffer.alloc(10_000));
    second.a.connection.write(Buffer.alloc(10_000));
    await lab.until(() => b.received === 10_000 && second.b.received === 10_000);
    expect(lab.time.now - from).toBeCloseTo(200, 3);
  });

  it('segments: bytes arrive in other pieces than they were sent', async () => {
    const { lab, a, b } = await joined({ latency: 1, segment: [1, 7] });
    a.connection.write(Buffer.from('a sentence that is cut into pieces'));
    await lab.run();
    const sizes = lab.log.filter(({ kind }) => kind === 'arrive').map(({ bytes }) => bytes);
    expect(b.text).toBe('a sentence that is cut into pieces');
    expect(Math.max(...sizes)).toBeLessThanOrEqual(7);
    expect(new Set(sizes).size).toBeGreaterThan(1);
  });

  it('loss: what is lost is sent again, so bytes come late and none is missing', async () => {
    const { lab, a, b, from } = await joined({ latency: 1, loss: 0.5, segment: 10 });
    a.connection.write(Buffer.alloc(500, 'x'));
    await lab.run();
    expect(b.received).toBe(500);
    expect(lab.time.now - from).toBeGreaterThan(200);
  });

  it('each link has its own conditions, and they can change', async () => {
    const lab = new Lab({ link: { latency: 1 } });
    const [one, other] = [lab.host('a'), lab.host('b')];
    lab.network.link(one, other, { latency: 100 });
    const { a, b } = await lab.pair(one, other);
    const from = lab.time.now;
    lab.network.link(one, other, {});
    a.connection.write(Buffer.from('x'));
    await lab.until(() => b.received === 1);
    expect(lab.time.now).toBe(from);
  });

  it('the same seed gives the same run, another seed another', async () => {
    const runOf = async (seed: number) => {
      const { lab, a } = await joined({ latency: 1, jitter: 9, loss: 0.1, segment: [1, 100] }, seed);
      a.connection.write(Buffer.alloc(2000));
      await lab.run();
      return lab.log.map(({ at, kind, bytes }) => `${at} ${kind} ${bytes}`).join('\n');
    };
    expect(await runOf(1)).toBe(await runOf(1));
    expect(await runOf(1)).not.toBe(await runOf(2));
  });
});
