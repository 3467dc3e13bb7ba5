import { expect, it } from 'vitest';
import { simulate, type Fault } from '../src/index.js';

/** The first of two begins earlier and ends earlier. */
const faults: readonly Fault[] = [
  { kind: 'slow reader', at: 0, for: 20, host: 0, rate: 1000 },
  { kind: 'slow reader', at: 10, for: 20, host: 0, rate: 2000 },
  { kind: 'ports', at: 0, for: 20, host: 0 },
  { kind: 'ports', at: 10, for: 20, host: 0 },
  { kind: 'link', at: 0, for: 20, from: 0, to: 1, link: { latency: 100 } },
  { kind: 'link', at: 10, for: 20, from: 1, to: 0, link: { latency: 200 } },
];

it('leaves everything as it was once faults that overlap are over', async () => {
  const world = simulate({ faults, link: { latency: 1 } });
  const [one, other] = [world.host('one'), world.host('other')];
  const before = { ...one.host.limits };
  await world.advance(15);
  expect(one.host.limits.readRate).toBe(2000);
  expect(world.network.path(one.host, other.host).conditions).toEqual({ latency: 200 });
  await world.advance(10);
  expect(one.host.limits.readRate, 'the one that is not over yet').toBe(2000);
  await world.advance(10);
  expect(one.host.limits).toEqual(before);
  expect(world.network.path(one.host, other.host).conditions).toEqual({ latency: 1 });
  world.close();
});

it('lets a program stand still, and a name unknown, until the last of its faults is over', async () => {
  const world = simulate({
    faults: [
      { kind: 'pause', at: 0, for: 20, host: 0 }, { kind: 'pause', at: 10, for: 20, host: 0 },
      { kind: 'name', at: 0, for: 20, host: 0 }, { kind: 'name', at: 10, for: 20, host: 0 },
    ],
  });
  const { host } = world.host('one');
  const isKnown = (): boolean => !(world.network.names.resolve('one', 0, new Set([4])) instanceof Error);
  await world.advance(25);
  expect([host.isPaused, isKnown()]).toEqual([true, false]);
  await world.advance(10);
  expect([host.isPaused, isKnown()]).toEqual([false, true]);
  world.close();
});
