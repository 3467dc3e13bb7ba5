import { expect, it } from 'vitest';
import { Random } from '../src/index.js';

it('a seed gives the same numbers for ever: these are written down', () => {
  const take = (random: Random) => [random.next(), random.next(), random.next()];
  expect(take(new Random(1))).toMatchInlineSnapshot(`
    [
      3440447368,
      1330255628,
      2682842311,
    ]
  `);
  expect(take(new Random('a seed in words'))).toMatchInlineSnapshot(`
    [
      2749163256,
      2147860581,
      1680985982,
    ]
  `);
  expect(take(new Random(1).fork('a purpose'))).toMatchInlineSnapshot(`
    [
      2022658443,
      3501497109,
      1025374393,
    ]
  `);
});

it('what is drawn for one purpose changes nothing for another', () => {
  const one = new Random(7);
  const other = new Random(7);
  for (let i = 0; i < 10; i++) one.fork('x').next();
  expect(one.next()).toBe(other.next());
});

it('numbers are spread over all that was asked for', () => {
  const random = new Random('spread');
  const counts = new Map<number, number>();
  for (let i = 0; i < 60_000; i++) {
    const drawn = random.integer(1, 6);
    counts.set(drawn, (counts.get(drawn) ?? 0) + 1);
  }
  expect([...counts.keys()].sort()).toEqual([1, 2, 3, 4, 5, 6]);
  // Chi-squared with 5 degrees of freedom: above 20.5 with a probability of 0.1 %, and this seed is fixed.
  const chi = [...counts.values()].reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
  expect(chi).toBeLessThan(20.5);
  expect([random.chance(0), random.chance(1), random.pick(['only'])]).toEqual([false, true, 'only']);
});
