import { fileURLToPath } from 'node:url';
import { suite } from '../vitest.mjs';

/** The suite of a package as it runs for every mutant: property-based tests get a short time, and tests that only show how long things take are left out. */
export default suite({
  env: { FC_RUNS: '20' },
  setupFiles: [fileURLToPath(new URL('setup.mjs', import.meta.url))],
  exclude: ['test/block-list-grows-and-shrinks.test.ts', 'test/long-input-returns.test.ts'],
});
