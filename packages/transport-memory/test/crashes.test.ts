import { describe, expect, it } from 'vitest';
import { Lab } from './support/lab.js';

const joined = async () => {
  const lab = new Lab({ link: { latency: 1 } });
  const [one, other] = [lab.host('a'), lab.host('b')];
  return { lab, one, other, ...(await lab.pair(one, other)) };
};

describe('a host that crashes', () => {
  it('tells nobody: its own program hears nothing more, and the peer nothing at all', async () => {
    const { lab, other, a, b, intake } = await joined();
    other.crash();
    b.connection.close();
    intake.listener.close();
    await lab.run();
    expect([a.events, b.events, intake.events]).toEqual([['connect'], [], ['listening', 'connection']]);
    expect(other.open).toEqual({ connections: [], listeners: [] });
  });

  it('answers nothing while it is down: who has sent something gets ETIMEDOUT', async () => {
    const { lab, other, a } = await joined();
    other.crash();
    a.connection.write(Buffer.from('hello?'));
    await lab.until(() => a.isClosed);
    expect(a.error?.code).toBe('ETIMEDOUT');
  });

  it('does not know its old connections when it is up again: bytes are answered with a reset', async () => {
    const { lab, other, a } = await joined();
    other.crash();
    await lab.run(100);
    other.restart();
    await lab.run(100);
    expect(a.events).toEqual(['connect']);
    a.connection.write(Buffer.from('hello?'));
    await lab.until(() => a.isClosed);
    expect(a.error?.code).toBe('ECONNRESET');
  });

  it('is dialled in vain while it is down, and as a new host when it is up again', async () => {
    const { lab, one, other } = await joined();
    other.crash();
    const a = lab.dial(one, other.addresses[0], 80);
    await lab.run(2000);
    expect(a.events).toEqual([]);
    other.restart();
    await lab.until(() => a.isClosed);
    expect(a.error?.code).toBe('ECONNREFUSED');
    const again = await lab.pair(one, other);
    again.a.connection.write(Buffer.from('new'));
    await lab.until(() => again.b.text === 'new');
  });

  it('what it had sent before arrives', async () => {
    const { lab, other, a, b } = await joined();
    b.connection.write(Buffer.from('last words'));
    other.crash();
    await lab.run();
    expect(a.text).toBe('last words');
  });

  it('its timers never fire', async () => {
    const { lab, other } = await joined();
    await lab.run();
    const fired: string[] = [];
    other.later(10, () => fired.push('before'));
    other.crash();
    expect(lab.time.isIdle).toBe(true);
    other.restart();
    other.later(10, () => fired.push('after'));
    await lab.run();
    expect(fired).toEqual(['after']);
  });
});

describe('a program that stands still', () => {
  it('is told everything once it goes on, in order; its kernel takes bytes meanwhile', async () => {
    const { lab, other, a, b } = await joined();
    const fired: number[] = [];
    other.pause();
    other.later(10, () => fired.push(lab.time.now));
    a.connection.write(Buffer.from('one'));
    a.connection.shutdown();
    await lab.run(1000);
    expect([a.events, b.events, fired]).toEqual([['connect', 'shutdown'], [], []]);
    other.resume();
    await lab.run();
    expect([b.events, b.text, fired.length]).toEqual([['data', 'end'], 'one', 1]);
  });
});

describe('keep-alive', () => {
  it('finds out that a peer has gone: after the delay, and ten probes a second apart', async () => {
    const { lab, other, a } = await joined();
    a.connection.setKeepAlive!(true, 5000);
    other.crash();
    const from = lab.time.now;
    await lab.until(() => a.isClosed);
    expect([a.error?.code, lab.time.now - from]).toEqual(['ETIMEDOUT', expect.closeTo(15_000, -1)]);
  });

  it('finds out that a peer has started again', async () => {
    const { lab, other, a } = await joined();
    a.connection.setKeepAlive!(true, 5000);
    other.crash();
    await lab.run(6000);
    other.restart();
    await lab.until(() => a.isClosed);
    expect(a.error?.code).toBe('ECONNRESET');
  });

  it('has its own interval and count, and ends with the partition', async () => {
    const { lab, one, other, a } = await joined();
    a.connection.setKeepAlive!(true, 1000, 2000, 3);
    lab.network.block(one, other, true);
    await lab.run(5000);
    lab.network.block(one, other, false);
    await lab.run();
    expect(a.events).toEqual(['connect']);
    lab.network.block(one, other, true);
    const from = lab.time.now;
    await lab.until(() => a.isClosed);
    expect(lab.time.now - from).toBeLessThanOrEqual(1000 + 3 * 2000);
  });
});
