import { expect, it } from 'vitest';
import { cases, implementations } from '../src/cases.mjs';
import { measure, median } from '../src/measure.mjs';

it.each(Object.keys(cases))('measures %s on both sides', async (name) => {
  for (const moduleName of Object.values(implementations)) {
    const { perOperation } = await measure(moduleName, name, { runtime: process.execPath, seconds: 0.05, medium: 'tcp' });
    expect(Number.isFinite(perOperation)).toBe(true);
  }
});

it('takes the middle of the rounds', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
});
