import { describe, expect, it } from 'vitest';
import { Lab } from './support/lab.js';

describe('a reset at any byte', () => {
  for (const after of [0, 1, 5, 10, 999]) {
    it(`behind byte ${after}: so many arrive, and both ends are reset`, async () => {
      const lab = new Lab({ link: { latency: 1 } });
      const [one, other] = [lab.host('a'), lab.host('b')];
      const { a, b } = await lab.pair(one, other);
      lab.network.path(one, other).reset(after);
      a.connection.write(Buffer.alloc(500, 'x'));
      a.connection.write(Buffer.alloc(500, 'y'));
      await lab.until(() => a.isClosed && b.isClosed);
      expect([b.received, a.error?.code, b.error?.code]).toEqual([after, 'ECONNRESET', 'ECONNRESET']);
    });
  }

  it('is an error also when the end is right behind', async () => {
    const lab = new Lab({ link: { latency: 1 } });
    const [one, other] = [lab.host('a'), lab.host('b')];
    const { a, b } = await lab.pair(one, other);
    lab.network.path(one, other).reset(3);
    a.connection.write(Buffer.from('hello'));
    a.connection.shutdown();
    await lab.until(() => b.isClosed);
    expect(b.events).toEqual(['data', 'ECONNRESET']);
  });

  it('befalls one connection; the next ones live', async () => {
    const lab = new Lab();
    const [one, other] = [lab.host('a'), lab.host('b')];
    const { a } = await lab.pair(one, other);
    lab.network.path(one, other).reset(3);
    a.connection.write(Buffer.from('hello'));
    await lab.until(() => a.isClosed);
    const next = await lab.pair(one, other, 81);
    next.a.connection.write(Buffer.from('hello'));
    await lab.until(() => next.b.text === 'hello');
  });
});

describe('who has closed answers bytes with a reset', () => {
  it('a writer that goes on gets EPIPE', async () => {
    const lab = new Lab({ link: { latency: 1 } });
    const { a, b } = await lab.pair(lab.host('a'), lab.host('b'));
    b.connection.close();
    await lab.run(5);
    a.connection.write(Buffer.from('too late'));
    await lab.run(5);
    a.connection.write(Buffer.from('and again'));
    await lab.until(() => a.isClosed);
    expect([a.events, a.error?.code, a.error?.syscall]).toEqual([['connect', 'end', 'EPIPE'], 'EPIPE', 'write']);
  });

  it('who closes without reading what has come resets', async () => {
    const lab = new Lab({ link: { latency: 1 } });
    const { a, b } = await lab.pair(lab.host('a'), lab.host('b'));
    b.connection.readStop();
    a.connection.write(Buffer.from('unread'));
    await lab.run(5);
    b.connection.close();
    await lab.until(() => a.isClosed);
    expect(a.error?.code).toBe('ECONNRESET');
  });
});
