import { expect, it } from 'vitest';
import { isIntact } from '../src/content.js';
import { explore } from '../src/explore.js';

/** The same worlds in every run. */
const WORLDS = Number(process.env['EXPLORE_WORLDS'] ?? 300);
const SEED = Number(process.env['EXPLORE_SEED'] ?? 1);

it(`all is as the model says in ${WORLDS} hostile worlds`, async () => {
  const { worlds, failures } = await explore({ seed: SEED, worlds: WORLDS });
  expect(failures.join('\n\n')).toBe('');
  expect(worlds).toBe(WORLDS);
  expect(isIntact(), 'somebody has changed bytes that were only lent').toBe(true);
});
