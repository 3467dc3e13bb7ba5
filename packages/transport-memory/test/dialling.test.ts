import { describe, expect, it } from 'vitest';
import { Lab } from './support/lab.js';

const two = () => {
  const lab = new Lab({ link: { latency: 1 } });
  return { lab, one: lab.host('a'), other: lab.host('b') };
};

describe('dialling', () => {
  it('where nobody listens is refused after a round trip', async () => {
    const { lab, one, other } = two();
    const a = lab.dial(one, other.addresses[0], 80);
    await lab.until(() => a.isClosed);
    expect([lab.time.now, a.events, a.error?.message]).toEqual([2, ['ECONNREFUSED'], 'connect ECONNREFUSED 10.0.0.2:80']);
  });

  it('a host that refuses, though it listens; what stands goes on', async () => {
    const { lab, one, other } = two();
    const { a, b } = await lab.pair(one, other);
    other.refuse(true);
    const refused = lab.dial(one, other.addresses[0], 80);
    await lab.until(() => refused.isClosed);
    expect(refused.error?.code).toBe('ECONNREFUSED');
    a.connection.write(Buffer.from('still'));
    await lab.until(() => b.text === 'still');
    other.refuse(false);
    const again = lab.dial(one, other.addresses[0], 80);
    await lab.until(() => again.events.includes('connect'));
  });

  it('a host that answers nobody: asked seven times in 127 seconds, then ETIMEDOUT', async () => {
    const { lab, one, other } = two();
    lab.listen(other, 80);
    other.ignore(true);
    const a = lab.dial(one, other.addresses[0], 80);
    await lab.until(() => a.isClosed);
    expect([lab.time.now / 1000, a.error?.message]).toEqual([expect.closeTo(127, 1), 'connect ETIMEDOUT 10.0.0.2:80']);
    expect(lab.log.filter(({ kind }) => kind === 'dropped')).toHaveLength(7);
  });

  it('one that answers again is connected to at the next question', async () => {
    const { lab, one, other } = two();
    lab.listen(other, 80);
    other.ignore(true, 80);
    const a = lab.dial(one, other.addresses[0], 80);
    await lab.run(3500);
    other.ignore(false, 80);
    await lab.until(() => a.events.includes('connect'));
    expect(lab.time.now).toBeCloseTo(7005, 0);
  });

  it('given up on the way, nobody is connected', async () => {
    const { lab, one, other } = two();
    const intake = lab.listen(other, 80);
    const a = lab.dial(one, other.addresses[0], 80);
    await lab.run(1.5);
    a.connection.close();
    await lab.run();
    expect([a.events, intake.events]).toEqual([['closed'], ['listening']]);
  });

  it('a partition in the middle of it: an answer that is lost is given again', async () => {
    const { lab, one, other } = two();
    const intake = lab.listen(other, 80);
    const a = lab.dial(one, other.addresses[0], 80);
    lab.network.block(other, one, true);
    await lab.run(2500);
    expect([a.events, intake.events]).toEqual([[], ['listening']]);
    lab.network.block(other, one, false);
    await lab.until(() => intake.ends.length === 1);
    expect(a.events).toEqual(['connect']);
  });
});

describe('the accept queue', () => {
  it('takes one more than the backlog; who comes then is not answered, and asks again', async () => {
    const { lab, one, other } = two();
    const intake = lab.listen(other, 80, { backlog: 2 });
    await lab.run();
    other.pause();
    const dials = Array.from({ length: 5 }, () => lab.dial(one, other.addresses[0], 80));
    await lab.run(500);
    expect(dials.filter(({ events }) => events.includes('connect'))).toHaveLength(3);
    other.resume();
    await lab.until(() => intake.ends.length === 5);
    expect(lab.time.now).toBeGreaterThan(1000);
  });

  it('of a path is full with EAGAIN', async () => {
    const { lab, one } = two();
    const intake = lab.listen(one, 80);
    intake.listener = one.ipc.listen!({ path: 'p' }, intake, { backlog: 1 });
    await lab.run();
    one.pause();
    const dials = Array.from({ length: 3 }, () => lab.dialEndpoint(one, { path: 'p' }));
    await lab.run(10);
    one.resume();
    await lab.run();
    expect(dials.map(({ events }) => events)).toEqual([['connect'], ['connect'], ['EAGAIN']]);
  });
});
