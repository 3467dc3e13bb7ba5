import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { simulate } from '../src/index.js';
import { ask, echo } from './support/programs.js';

/** Many more than the world would have waited for before it went on. */
async function manyTurns(): Promise<string> {
  for (let turn = 0; turn < 30; turn++) await new Promise((resolve) => setImmediate(resolve));
  return 'from outside';
}

describe('time in a world', () => {
  it('passes in no time', async () => {
    const started = performance.now();
    const world = simulate();
    await world.advance(24 * 3_600_000);
    expect(world.now).toBe(86_400_000);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('is that of the timeouts of sockets', async () => {
    const times = await simulate().run(async (world) => {
      world.host('server', { boot: echo });
      const socket = world.host('client').net.connect(7, 'server');
      await once(socket, 'connect');
      socket.setTimeout(30_000);
      socket.write('x');
      await once(socket, 'data');
      const heard = world.now;
      await once(socket, 'timeout');
      return world.now - heard;
    });
    expect(times).toBe(30_000);
  });

  it('is that of the attempts of several addresses: one that answers nobody costs 250 ms', async () => {
    const [now, attempted] = await simulate().run(async (world) => {
      const [bad, good] = [world.host('bad', 'fd00::1'), world.host('good', '10.0.0.1', { boot: echo })];
      bad.ignore();
      world.name('service', [...bad.addresses, ...good.addresses]);
      const socket = world.host('client', ['10.0.0.2', 'fd00::2']).net.connect(7, 'service');
      await once(socket, 'connect');
      return [world.now, socket.autoSelectFamilyAttemptedAddresses];
    });
    expect([now, attempted]).toEqual([252, ['fd00::1:7', '10.0.0.1:7']]);
  });

  it('is that of keep-alive: a peer that has crashed is found out', async () => {
    const [code, after] = await simulate().run(async (world) => {
      const server = world.host('server', { boot: echo });
      const socket = world.host('client').net.connect(7, 'server');
      await once(socket, 'connect');
      socket.setKeepAlive(true, 60_000);
      server.crash();
      const from = world.now;
      const [error] = (await once(socket, 'error')) as [{ code: string }];
      return [error.code, Math.round((world.now - from) / 1000)];
    });
    expect([code, after]).toEqual(['ETIMEDOUT', 70]);
  });

  it('moves by steps, by milliseconds, to a condition, to a promise', async () => {
    const world = simulate();
    world.host('server', { boot: echo });
    const socket = world.host('client').net.connect(7, 'server');
    expect(await world.step()).toBe(true);
    await world.advance(1.5);
    expect([world.now, socket.connecting]).toEqual([1.5, true]);
    await world.runUntil(() => !socket.connecting);
    expect(world.now).toBe(2);
    socket.write('x');
    const [data] = (await world.runUntil(once(socket, 'data'))) as [Buffer];
    expect([String(data), world.now]).toEqual(['x', 4]);
    socket.destroy();
    while (await world.step());
    expect(await world.step()).toBe(false);
  });

  it('may be waited for in the middle of a scenario, in each of these ways', async () => {
    expect(await simulate().run(async (world) => {
      await world.sleep(10);
      await world.advance(10);
      await world.runUntil(() => true);
      let late = false;
      const forget = world.after(5, () => { late = true; });
      forget();
      world.after(6, () => { late = true; });
      await world.runUntil(() => late);
      return world.now;
    })).toBe(26);
  });

  it('stands still while something outside is waited for', async () => {
    expect(await simulate().run(async (world) => {
      let fired = false;
      world.host('a').clock.setTimeout(() => { fired = true; }, 1);
      const outside = world.outside(manyTurns());
      const text = await outside;
      const during = [fired, world.now];
      await world.sleep(2);
      return [text, ...during, fired];
    })).toEqual(['from outside', false, 0, true]);
  });

  it('of a scenario is not used up by its own promises, ticks and immediates', async () => {
    expect(await simulate().run(async (world) => {
      const order: string[] = [];
      world.after(1, () => order.push('timer'));
      setImmediate(() => setImmediate(() => order.push(`immediate at ${world.now}`)));
      for (let i = 0; i < 100; i++) await Promise.resolve();
      order.push(`promises at ${world.now}`);
      await world.sleep(5);
      return order;
    })).toEqual(['promises at 0', 'immediate at 0', 'timer']);
  });

  it('two scenarios have times of their own, at the same time', async () => {
    const worlds = [simulate({ link: { latency: 1 } }), simulate({ link: { latency: 100 } })];
    await Promise.all(worlds.map((world) => world.run(ask)));
    expect(worlds.map(({ now }) => now)).toEqual([6, 600]);
  });
});
