import { afterEach, describe, expect, it, vi } from 'vitest';
import { simulate, type AttachedClock } from '@netstrata/simulation';
import { injectedRedis } from '../src/injected-redis.js';
import { redisServer } from '../src/redis-server.js';

/** The clock that `vi.useFakeTimers` has put behind `setTimeout`: there is no other way to ask when the next timer is due. */
interface FakeClock {
  readonly now: number;
  readonly timers?: Readonly<Record<string, { readonly callAt: number }>>;
}

const fakeTimers: AttachedClock = {
  next() {
    const { clock } = setTimeout as unknown as { readonly clock: FakeClock };
    const due = Object.values(clock.timers ?? {}).map(({ callAt }) => callAt);
    return due.length === 0 ? null : Math.min(...due) - clock.now;
  },
  advance: (milliseconds) => void vi.advanceTimersByTime(milliseconds),
};

afterEach(() => void vi.useRealTimers());

describe('with the fake timers of the test runner in place of installGlobals', () => {
  it('a driver waits, reconnects and gives up in virtual time', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
    const world = simulate();
    const detach = world.attachClock(fakeTimers);
    const server = world.host('redis', { boot: ({ net }) => redisServer(net).listen(6379) });
    const app = world.host('app');
    await world.run(async () => {
      const began = Date.now();
      const redis = injectedRedis(app, { host: 'redis', port: 6379, commandTimeout: 2000 });
      redis.on('error', () => {});
      expect(await redis.ping()).toBe('PONG');
      server.crash();
      await expect(redis.ping()).rejects.toThrow('Command timed out');
      await new Promise((resolve) => setTimeout(resolve, 120_000));
      server.restart();
      await new Promise((resolve) => redis.once('ready', resolve));
      expect(await redis.ping()).toBe('PONG');
      expect(world.now).toBeGreaterThan(122_000);
      expect(Date.now() - began).toBe(world.now);
      await redis.quit();
    });
    detach();
  });
});
