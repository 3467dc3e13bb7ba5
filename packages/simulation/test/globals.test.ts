import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installGlobals, simulate, type World } from '../src/index.js';

let uninstall: () => void;
// eslint-disable-next-line @typescript-eslint/unbound-method -- compared, not called
const nowOf = (): unknown => performance.now;
const before = { setTimeout, Date, random: Math.random, now: nowOf() };
beforeEach(() => { uninstall = installGlobals(); });
afterEach(() => { uninstall(); });

describe('the globals of a program in a world', () => {
  it('timers, and what clears them', async () => {
    const seen = await simulate().run(async (world) => {
      const fired: string[] = [];
      setTimeout((word: string) => fired.push(`${word} at ${world.now}`), 1000, 'timeout');
      clearTimeout(setTimeout(() => fired.push('never'), 10));
      clearTimeout(Number(setTimeout(() => fired.push('never by number'), 10)));
      const interval = setInterval(() => {
        fired.push(`interval at ${world.now}`);
        if (world.now >= 1500) clearInterval(interval);
      }, 700);
      const refreshed = setTimeout(() => fired.push(`refreshed at ${world.now}`), 900);
      await world.sleep(500);
      refreshed.refresh();
      expect([refreshed.hasRef(), refreshed.unref().hasRef(), refreshed.ref().hasRef()]).toEqual([true, false, true]);
      await world.sleep(5000);
      return fired;
    });
    expect(seen).toEqual(['interval at 700', 'timeout at 1000', 'refreshed at 1400', 'interval at 1400', 'interval at 2100']);
  });

  it('promised timers, and their signals', async () => {
    const seen = await simulate().run(async (world) => {
      const value = await sleep(1000, 'value');
      const other = await promisify(setTimeout)(500, 'other');
      const error = await sleep(1000, null, { signal: AbortSignal.abort() }).catch((thrown: unknown) => (thrown as Error).name);
      const controller = new AbortController();
      setTimeout(() => { controller.abort(); }, 100);
      const late = await sleep(1000, null, { signal: controller.signal }).catch((thrown: unknown) => (thrown as { code: string }).code);
      return [value, other, error, late, world.now];
    });
    expect(seen).toEqual(['value', 'other', 'AbortError', 'ABORT_ERR', 1600]);
  });

  it('dates, performance.now and Math.random', async () => {
    const scenario = async () => {
      await sleep(86_400_000);
      return [Date.now(), new Date().toISOString(), new Date(5).getTime(), typeof Date(), performance.now(), Math.random(), new Date() instanceof Date];
    };
    const once = await simulate({ seed: 1 }).run(scenario);
    expect(once.slice(0, 5)).toEqual([946_771_200_000, '2000-01-02T00:00:00.000Z', 5, 'string', 86_400_000]);
    expect(once[6]).toBe(true);
    expect(await simulate({ seed: 1 }).run(scenario)).toEqual(once);
    expect((await simulate({ seed: 2 }).run(scenario))[5]).not.toBe(once[5]);
  });

  it('hold in the callbacks of the scenario\'s own timers too', async () => {
    const scenario = async (world: World): Promise<unknown[]> => {
      const seen: unknown[] = [];
      setTimeout(() => seen.push(Date.now(), Math.random(), Number(setTimeout(() => {}, 1))), 1000);
      world.after(2000, () => seen.push(Date.now(), performance.now(), Math.random()));
      await world.sleep(3000);
      return seen;
    };
    const seen = await simulate().run(scenario);
    expect([seen[0], seen[3], seen[4]]).toEqual([946_684_801_000, 946_684_802_000, 2000]);
    expect(await simulate().run(scenario)).toEqual(seen);
  });

  it('one that was cleared is not started again', async () => {
    expect(await simulate().run(async (world) => {
      let fired = false;
      const timer = setTimeout(() => { fired = true; }, 10);
      clearTimeout(timer);
      timer.refresh();
      await world.sleep(100);
      return fired;
    })).toBe(false);
  });

  it('of a host stand still with it, and end with it', async () => {
    const fired = await simulate().run(async (world) => {
      const seen: string[] = [];
      const host = world.host('a', { boot: () => {} });
      host.run(() => setTimeout(() => seen.push(`first at ${world.now}`), 100));
      host.pause();
      await world.sleep(500);
      host.resume();
      host.run(() => setTimeout(() => seen.push('second'), 100));
      await world.sleep(50);
      host.crash();
      host.restart();
      await world.sleep(500);
      return seen;
    });
    expect(fired).toEqual(['first at 500']);
  });

  it('are the runtime\'s for code that is in no world', async () => {
    const started = Date.now();
    expect(Math.abs(started - before.Date.now())).toBeLessThan(1000);
    const from = performance.now();
    // These fire, though no world is there to move a time of its own on.
    await new Promise((resolve) => setTimeout(resolve, 1));
    expect(await sleep(1, 'value')).toBe('value');
    expect(performance.now()).toBeGreaterThan(from);
    let fired = false;
    for (const timer of [setTimeout(() => { fired = true; }, 1), setInterval(() => { fired = true; }, 1)]) clearTimeout(timer);
    clearTimeout(Number(setTimeout(() => { fired = true; }, 1)));
    // Started last, and as long: the runtime would have had the others fire before it.
    await sleep(1);
    expect(fired).toBe(false);
    expect(performance.now()).toBeGreaterThan(0);
  });

  it('are put back when the last one has put them back', () => {
    const again = installGlobals();
    uninstall();
    uninstall();
    expect(setTimeout).not.toBe(before.setTimeout);
    again();
    expect([setTimeout, Date, Math.random, nowOf()]).toEqual([before.setTimeout, before.Date, before.random, before.now]);
  });
});
