import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { explore, simulate, type World } from '../src/index.js';
import { ask, echo } from './support/programs.js';

describe('a world', () => {
  it('is shown in a line: its seed, its time, its hosts and how much has happened', async () => {
    const world = simulate({ seed: 7 });
    await world.run(ask);
    expect(inspect(world)).toBe("World { seed: 7, now: 6, hosts: [ 'server', 'client' ], events: 17 }".replace('events: 17', `events: ${world.events}`));
    expect(inspect(world.get('client'))).toBe("WorldHost {\n  name: 'client',\n  addresses: [ '10.0.0.2' ],\n  isUp: true,\n  isPaused: false\n}");
    expect(inspect({ a: { b: { c: world } } })).toContain('[World]');
  });

  it('is closed where it is left', async () => {
    let kept: World;
    {
      await using world = simulate();
      kept = world;
      await world.run(ask);
    }
    expect(kept.isClosed).toBe(true);
    {
      using world = simulate();
      kept = world;
      expect(kept.isClosed).toBe(false);
    }
    expect(kept.isClosed).toBe(true);
  });

  it('that fails says what makes it again: a line to be pasted', async () => {
    const options = {
      seed: 5, link: { latency: 3, segment: [1, 3] as const }, limits: { openFiles: 50 }, lookupDelay: 2, most: { time: Infinity },
      faults: { most: 3, within: 20, kinds: ['pause', 'link'] as const }, epoch: 1e12,
    };
    const scenario = async (world: World): Promise<never> => {
      await ask(world).catch(() => {});
      throw new Error('on purpose');
    };
    const failed = await simulate(options).run<Error>(scenario).catch((error: unknown) => error as Error);
    const line = /^again: (.+)$/m.exec(failed.message)![1];
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    const again = new Function('simulate', 'scenario', `return ${line}`) as (...args: unknown[]) => Promise<unknown>;
    await expect(again(simulate, scenario)).rejects.toMatchObject({ message: failed.message });
  });
});

describe('NETSTRATA_SEED', () => {
  afterEach(() => { delete process.env['NETSTRATA_SEED']; });

  it('is the seed where none is given', async () => {
    process.env['NETSTRATA_SEED'] = '42';
    expect([simulate().seed, simulate({ seed: 3 }).seed]).toEqual([42, 3]);
    const seeds: unknown[] = [];
    await explore(ask, { runs: 2, faults: { most: 0 }, onRun: ({ seed }) => seeds.push(seed) });
    expect(seeds).toEqual([42, 43]);
    process.env['NETSTRATA_SEED'] = 'a text';
    expect(simulate().seed).toBe('a text');
    await expect(explore(ask)).rejects.toMatchObject({ code: 'ERR_OUT_OF_RANGE' });
    process.env['NETSTRATA_SEED'] = '';
    expect(simulate().seed).toBe(0);
  });

  it('is that of a replay, too', async () => {
    process.env['NETSTRATA_SEED'] = '42';
    const world = simulate({ link: { latency: 1, jitter: 5 } });
    await world.run(ask);
    delete process.env['NETSTRATA_SEED'];
    expect((await world.replay()).seed).toBe(42);
  });
});

describe('outside of a run', () => {
  const warnings: { code?: string; message: string }[] = [];
  const listener = (warning: Error & { code?: string }): void => { warnings.push(warning); };
  const waited = async (world: World, act: () => void): Promise<readonly string[]> => {
    warnings.length = 0;
    process.on('warning', listener);
    act();
    await new Promise((resolve) => setTimeout(resolve, 1300));
    process.off('warning', listener);
    world.close();
    return warnings.map(({ code, message }) => `${code}: ${message}`);
  };

  it('who dials while nothing moves the time is told so', async () => {
    for (const host of ['server', '10.0.0.1']) {
      const world = simulate();
      world.host('server', '10.0.0.1', { boot: echo });
      const told = await waited(world, () => { world.host('client').net.connect(7, host); });
      expect(told).toEqual([expect.stringMatching(/^NETSTRATA_STANDSTILL: .*world\.run/)]);
    }
  });

  it('who then moves it is not', async () => {
    const world = simulate();
    world.host('server', { boot: echo });
    expect(await waited(world, () => {
      world.host('client').net.connect(7, 'server');
      void world.advance(100);
    })).toEqual([]);
  });

  it('an error that nobody listens for says that nobody waited', () => {
    // It is thrown in a tick of the runtime, and ends the process there.
    expect(() => { simulate().fail(new RangeError('nobody listens')); }).toThrow(/^nobody listens\n\nThis happened outside of world\.run,/);
  });
});
