import { describe, expect, it } from 'vitest';
import { simulate, type World } from '../src/index.js';
import { ask } from './support/programs.js';

const options = { link: { latency: 5, jitter: 20, segment: [1, 3] as [number, number], loss: 0.05 }, faults: { most: 4, within: 100, longest: 50, kinds: ['pause', 'link'] as const } };

describe('a seed', () => {
  it('gives the same run, event by event: on every version of Node this one', async () => {
    const world = simulate({ ...options, seed: 42 });
    await world.run((it) => ask(it, 'the same everywhere'));
    expect([world.timeline.digest, world.timeline.count, world.now]).toMatchInlineSnapshot(`
      [
        "44a2687c12bbc785",
        47,
        1112.369,
      ]
    `);
  });

  it('gives another run than another seed', async () => {
    const digestOf = async (seed: number) => {
      const world = simulate({ ...options, seed });
      await world.run(ask);
      return world.timeline.digest;
    };
    const digests = await Promise.all([1, 2, 3, 4, 1].map(digestOf));
    expect(new Set(digests).size).toBe(4);
    expect(digests[4]).toBe(digests[0]);
  });

  it('is not disturbed by worlds that run beside it', async () => {
    const alone = simulate({ ...options, seed: 9 });
    await alone.run(ask);
    const worlds = [9, 10, 9, 11].map((seed) => simulate({ ...options, seed }));
    await Promise.all(worlds.map((world) => world.run(ask)));
    expect([worlds[0].timeline.digest, worlds[2].timeline.digest]).toEqual([alone.timeline.digest, alone.timeline.digest]);
  });
});

describe('replay', () => {
  it('runs again, and is the same', async () => {
    const world = simulate({ ...options, seed: 3 });
    await world.run(ask);
    const again = await world.replay();
    expect(again).not.toBe(world);
    expect([again.timeline.digest, again.outcome]).toEqual([world.timeline.digest, { error: null }]);
    expect(again.timeline.toString()).toBe(world.timeline.toString());
  });

  it('fails as it failed', async () => {
    const world = simulate({ seed: 3 });
    const error = await world.run(async (it) => { throw new Error(await ask(it)); }).catch((thrown: unknown) => thrown as Error);
    expect((await world.replay()).outcome?.error?.message).toBe(error.message);
  });

  it('stands still at an event, and goes on from there by steps', async () => {
    const world = simulate({ seed: 3 });
    await world.run(ask);
    const again = await world.replay({ until: 6 });
    expect([again.timeline.count >= 6, again.timeline.count < world.timeline.count, again.outcome]).toEqual([true, true, null]);
    // So many turns would be more than enough for what is due next.
    for (let turn = 0; turn < 30; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect([again.timeline.count < world.timeline.count, again.outcome]).toEqual([true, null]);
    while (again.outcome === null && (await again.step()));
    expect(again.timeline.digest).toBe(world.timeline.digest);
  });

  it('finds the first event that is another one: the scenario depends on more than the seed', async () => {
    let runs = 0;
    const scenario = (world: World) => ask(world, `run ${runs++}`);
    const world = simulate();
    await world.run(scenario);
    await expect(world.replay()).rejects.toMatchObject({ code: 'ERR_SIMULATION_DIVERGED', message: expect.stringMatching(/^Event \d+ is another one in the replay:\nit was at .*"run 0"\nand is at .*"run 1"$/) as string });
  });

  it('finds that it ends otherwise: sooner, or in an error', async () => {
    for (const second of [() => Promise.resolve('sooner'), () => Promise.reject(new Error('now it fails'))]) {
      let runs = 0;
      const world = simulate();
      await world.run((it) => (runs++ === 0 ? ask(it) : second()));
      await expect(world.replay()).rejects.toMatchObject({ code: 'ERR_SIMULATION_DIVERGED', message: expect.stringContaining('ends otherwise') as string });
    }
  });

  it('compares also what the timeline keeps no longer', async () => {
    const world = simulate({ most: { entries: 3 } });
    await world.run(ask);
    expect((await world.replay()).timeline.digest).toBe(world.timeline.digest);
  });

  it('needs a scenario', async () => {
    await expect(simulate().replay()).rejects.toMatchObject({ code: 'ERR_SIMULATION_NO_SCENARIO' });
  });
});

describe('the timeline', () => {
  it('says who sent what to whom, and when', async () => {
    const world = simulate();
    await world.run(async (it) => {
      await ask(it);
      it.log('words');
    });
    expect(`\n${String(world.timeline)}\n`).toMatchInlineSnapshot(`
      "
          1        0.000 ms  server  listens on [::]:7
          2        0.000 ms  client  looks up server 10.0.0.1
          3        0.000 ms  client  #1 client:32768 > server:7 dials
          4        2.000 ms  client  #1 client:32768 > server:7 is connected
          5        2.000 ms  client  #1 client:32768 > server:7 sends 5 B "hello"
          6        3.000 ms  server  #1 server:7 > client:32768 gets 5 B
          7        3.000 ms  server  #1 server:7 > client:32768 is accepted
          8        3.000 ms  server  #1 server:7 > client:32768 reads 5 B
          9        3.000 ms  server  #1 server:7 > client:32768 sends 5 B "hello"
         10        4.000 ms  client  #1 client:32768 > server:7 gets 5 B
         11        4.000 ms  client  #1 client:32768 > server:7 reads 5 B
         12        4.000 ms  client  #1 client:32768 > server:7 sends its end
         13        5.000 ms  server  #1 server:7 > client:32768 gets the end
         14        5.000 ms  server  #1 server:7 > client:32768 sends its end
         15        5.000 ms  server  #1 server:7 > client:32768 closes
         16        6.000 ms  client  #1 client:32768 > server:7 gets the end
         17        6.000 ms  client  #1 client:32768 > server:7 closes
         18        6.000 ms          says: words
      "
    `);
  });

  it('keeps the last entries, and a digest of all', async () => {
    const [all, few] = [simulate(), simulate({ most: { entries: 5 } })];
    await all.run(ask);
    await few.run(ask);
    expect(few.timeline.entries.length).toBeLessThan(10);
    expect([few.timeline.count, few.timeline.digest]).toEqual([all.timeline.count, all.timeline.digest]);
    expect(few.timeline.entries.at(-1)).toEqual(all.timeline.entries.at(-1));
    expect([few.timeline.at(1), all.timeline.at(1)?.text, all.timeline.at(0), all.timeline.at(10_000)]).toEqual([undefined, 'listens on [::]:7', undefined, undefined]);
  });
});
