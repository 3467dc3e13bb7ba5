import { expect, it } from 'vitest';
import { simulate } from '../src/index.js';

it('a timeline of hundreds of thousands of entries is written out', () => {
  const world = simulate({ most: { entries: 200_000 } });
  for (let i = 0; i < 300_000; i++) world.log('again');
  expect(world.timeline.toString().split('\n').length).toBeGreaterThan(200_000);
  world.close();
});

it('many who wait for the same moment are told of it', async () => {
  const world = simulate();
  let isThere = false;
  world.after(5, () => { isThere = true; });
  const waiting = Array.from({ length: 20_000 }, () => world.runUntil(() => isThere));
  await Promise.all(waiting);
  expect(world.now).toBe(5);
  world.close();
});
