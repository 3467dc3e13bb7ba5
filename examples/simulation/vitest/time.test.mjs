import '@netstrata/net-compat/register';
import net from 'node:net';
import { installGlobals, simulate } from '@netstrata/simulation';
import { afterAll, expect, it } from 'vitest';
import { bank, deposit } from '../src/bank.cjs';

const uninstall = installGlobals();
afterAll(uninstall);

it('passes when somebody waits, and as fast as it can', async () => {
  const world = simulate();
  const began = performance.now();
  await world.run(async () => {
    await world.sleep(3_600_000);
    expect(world.now).toBe(3_600_000);
  });
  expect(performance.now() - began).toBeLessThan(1000);
});

it('is moved by hand outside of a scenario', async () => {
  const world = simulate();
  const account = { balance: 0 };
  bank(world.host('bank').net, account).listen(80);
  const answer = deposit(world.host('client').net, { host: 'bank', port: 80 }, 10);
  await world.advance(2);
  expect([world.now, account.balance]).toEqual([2, 0]);
  await world.runUntil(() => account.balance === 10);
  expect(world.now).toBe(3);
  expect(await world.runUntil(answer)).toBe(10);
});

it("is the time of code on a host too: setTimeout, Date, performance.now, and Math.random", async () => {
  const world = simulate({ seed: 1 });
  const client = world.host('client');
  const told = await world.run(() => client.run(async () => {
    const random = Math.random();
    await new Promise((resolve) => setTimeout(resolve, 60_000));
    return { random, date: new Date().toISOString(), now: performance.now() };
  }));
  expect(told).toEqual({ random: 0.45846469094976783, date: '2000-01-01T00:01:00.000Z', now: 60_000 });
});

it('stands still for what is none of the world', async () => {
  const world = simulate();
  await world.run(async () => {
    await world.outside(() => new Promise((resolve) => setTimeout(resolve, 5))); // five real milliseconds
    expect(world.now).toBe(0);
  });
});

it('does not stand still for anybody in another world', async () => {
  const balances = await Promise.all([1, 2, 3].map(async (seed) => {
    const world = simulate({ seed, link: { latency: 1, jitter: 5 } });
    const account = { balance: seed };
    world.host('bank', { boot: () => bank(net, account).listen(80) });
    const client = world.host('client');
    return world.run(() => client.run(() => deposit(net, { host: 'bank', port: 80 }, 10)));
  }));
  expect(balances).toEqual([11, 12, 13]);
});
