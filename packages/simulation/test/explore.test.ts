import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { explore, shrinkList, simulate, type Fault, type Found, type World } from '../src/index.js';
import { ask, echo, take } from './support/programs.js';

/** A client with a bug: it does not know that a server can be gone for a while. */
async function naive(world: World): Promise<void> {
  world.host('server', '10.0.0.1', { boot: echo });
  const client = world.host('client', '10.0.0.2');
  for (let i = 0; i < 5; i++) {
    const socket = client.net.connect(7, 'server');
    socket.write('x');
    await take(socket, 1);
    socket.end();
    await once(socket, 'close');
    await world.sleep(500);
  }
}

/** One that has happened has the names of its hosts. */
const hasHappened = (fault: Fault): boolean => typeof ('host' in fault ? fault.host : fault.from) === 'string';

describe('explore', () => {
  it('runs as many worlds as asked, each with a seed of its own', async () => {
    const seeds = new Set<unknown>();
    const result = await explore(ask, { runs: 20, seed: 100, faults: { most: 0 }, world: { link: { latency: 3, jitter: 10 } }, onRun: ({ seed }) => seeds.add(seed) });
    expect([result.runs, result.isComplete, result.events > 200, seeds.size, seeds.has(119), result.faults, result.hit]).toEqual([20, true, true, 20, true, 0, 0]);
  });

  it('has faults begin while the scenario runs, however short that is', async () => {
    const { faults, hit } = await explore((world) => ask(world).catch(() => {}), { runs: 50, faults: { kinds: ['pause', 'link'] } });
    expect([faults > 50, hit > 30]).toEqual([true, true]);
  });

  it('draws faults where they can change something', async () => {
    const struck: Fault[] = [];
    // Two hosts beside the two that talk.
    const scenario = async (world: World): Promise<void> => {
      world.host('idle', '10.0.0.9', { boot: () => {} });
      await ask(world, 'x'.repeat(1000)).catch(() => {});
      world.host('late');
    };
    const { faults } = await explore(scenario, { runs: 200, onRun: (world) => { struck.push(...world.faults.filter(hasHappened)); } });
    const named = struck.filter((fault) => 'from' in fault);
    expect(named.every(({ from, to }) => from !== to)).toBe(true);
    expect(new Set(struck.flatMap((fault) => ('host' in fault && fault.kind !== 'crash' ? [fault.host] : [])))).toEqual(new Set(['server', 'client']));
    expect(new Set(struck.flatMap((fault) => (['refuse', 'ignore', 'name'].includes(fault.kind) && 'host' in fault ? [fault.host] : [])))).toEqual(new Set(['server']));
    expect(struck.every((fault) => fault.kind !== 'reset' || fault.after < 1000)).toBe(true);
    expect(faults / struck.length).toBeGreaterThan(0.4);
  });

  it('counts resets that happen, and those alone', async () => {
    const { faults, hit } = await explore((world) => ask(world, 'x'.repeat(5000)).catch(() => {}), { runs: 100, faults: { most: 1, kinds: ['reset'] } });
    expect([faults > 10, faults < 60, hit === faults]).toEqual([true, true, true]);
  });

  it('ends when its time is over, and says what it has done', async () => {
    const began = performance.now();
    let seen = 0;
    // Nothing after which a client waits for ever: among enough worlds there would be one where a server has crashed behind a partition.
    const found = await explore((world) => ask(world).catch(() => {}), { budget: 300, faults: { kinds: ['pause', 'link', 'reset'] }, onRun: () => { seen++; } });
    expect(performance.now() - began).toBeLessThan(5000);
    expect(found).toMatchObject({ isComplete: false, runs: seen });
    expect(found.runs).toBeGreaterThan(0);
    expect(await explore((world) => ask(world).catch(() => {}), { budget: 60_000, runs: 3 })).toMatchObject({ isComplete: true, runs: 3 });
  });

  it('ends within a run that goes on and on, and that is no failure', async () => {
    let runs = 0;
    const endless = async (world: World): Promise<void> => {
      if (++runs > 2) for (;;) await world.sleep(1);
      await ask(world).catch(() => {});
    };
    expect(await explore(endless, { budget: 1500, faults: { most: 0 } })).toMatchObject({ isComplete: false, runs: 1 });
    runs = 2;
    expect(await explore(endless, { budget: 100 })).toEqual({ runs: 0, isComplete: false, events: 0, faults: 0, hit: 0 });
  });

  it('tells at once of what goes wrong when nothing goes wrong', async () => {
    const error = await explore(() => { throw new Error('always'); }, { seed: 5 }).catch((thrown: unknown) => thrown as Error & { simulation: Found });
    expect((error as Error & { simulation: Found }).simulation).toMatchObject({ seed: 5, faults: [] });
  });

  it('finds what goes wrong under faults, and leaves of them what it takes', async () => {
    const error = await explore(naive, { runs: 200, faults: { most: 8, within: 2500 } }).catch((thrown: unknown) => thrown as Error & { simulation: Found });
    const { simulation } = error as Error & { simulation: Found };
    expect(simulation.faults.length).toBe(1);
    // By names: it is the same world when other hosts are made in it.
    expect(Object.values(simulation.faults[0]).some((value) => value === 'server' || value === 'client')).toBe(true);
    expect((error as Error).message).toContain(`again: simulate({"seed":${simulation.seed},"faults":${JSON.stringify(simulation.faults)}}).run(scenario)\n`);
    // What it says makes that world again.
    await expect(simulate(simulation).run(naive)).rejects.toMatchObject({ message: (error as Error).message });
  });

  it('draws worlds too, where it is asked to', async () => {
    const latencies = new Set<unknown>();
    await explore(ask, { runs: 10, faults: { most: 0 }, world: (random) => ({ link: { latency: random.integer(1, 1000) } }), onRun: ({ now }) => latencies.add(now) });
    expect(latencies.size).toBeGreaterThan(5);
  });
});

describe('a list that fails', () => {
  it('is made as short as it can be', async () => {
    const list = Array.from({ length: 50 }, (_, i) => i);
    let tries = 0;
    const fails = (candidate: readonly number[]) => {
      tries++;
      return Promise.resolve(candidate.includes(7) && candidate.includes(33));
    };
    expect(await shrinkList(list, fails)).toEqual([7, 33]);
    expect(tries).toBeLessThan(100);
    expect(await shrinkList(list, () => Promise.resolve(true))).toEqual([]);
    expect(await shrinkList(list, fails, 0)).toEqual(list);
  });
});
