import { describe, expect, it } from 'vitest';
import { Lab } from './support/lab.js';

const joined = async () => {
  const lab = new Lab({ link: { latency: 1 } });
  const [one, other] = [lab.host('a'), lab.host('b')];
  const { a, b } = await lab.pair(one, other);
  const block = (on: boolean, ...ways: ('there' | 'back')[]) => {
    if (ways.includes('there')) lab.network.block(one, other, on);
    if (ways.includes('back')) lab.network.block(other, one, on);
  };
  return { lab, one, other, a, b, block };
};

describe('partitions', () => {
  it('what was written meanwhile arrives once it is over', async () => {
    const { lab, a, b, block } = await joined();
    block(true, 'there', 'back');
    a.connection.write(Buffer.from('late'));
    await lab.run(10_000);
    expect(b.text).toBe('');
    block(false, 'there', 'back');
    await lab.until(() => b.text === 'late');
    // Tried again after 200 ms, 400, 800, ...: at 12.6 s for the next time.
    expect(lab.time.now).toBeLessThan(13_000);
  });

  it('the end waits for it too', async () => {
    const { lab, a, b, block } = await joined();
    block(true, 'there', 'back');
    a.connection.shutdown();
    await lab.run(1000);
    block(false, 'there', 'back');
    await lab.until(() => b.events.includes('end'));
    expect(b.events).toEqual(['end']);
  });

  it('one that lasts ends in ETIMEDOUT for who has sent something, and nobody else notices', async () => {
    const { lab, a, b, block } = await joined();
    block(true, 'there', 'back');
    const from = lab.time.now;
    a.connection.write(Buffer.from('never'));
    await lab.until(() => a.isClosed);
    expect([a.error?.code, a.error?.syscall, b.events]).toEqual(['ETIMEDOUT', 'read', []]);
    expect(lab.time.now - from).toBeCloseTo(924_600, 0);
  });

  it('one way: bytes get there, word of them does not get back, and in the end that is ETIMEDOUT', async () => {
    const { lab, a, b, block } = await joined();
    block(true, 'back');
    a.connection.write(Buffer.from('heard'));
    await lab.until(() => b.text === 'heard');
    b.connection.write(Buffer.from('not heard'));
    await lab.until(() => a.isClosed);
    expect([a.error?.code, a.text]).toEqual(['ETIMEDOUT', '']);
  });

  it('one way, and healed: nothing is lost and nothing comes twice', async () => {
    const { lab, a, b, block } = await joined();
    block(true, 'back');
    a.connection.write(Buffer.from('question'));
    await lab.until(() => b.text === 'question');
    b.connection.write(Buffer.from('answer'));
    await lab.run(5000);
    block(false, 'back');
    await lab.run();
    expect([a.text, b.text]).toEqual(['answer', 'question']);
  });
});
