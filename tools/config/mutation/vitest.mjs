import { fileURLToPath } from 'node:url';
import { suite } from '../vitest.mjs';

/** The suite of a package as it runs once for every mutant: properties are tried for a moment, and what only shows how long things take is left out. */
export default suite({
  env: { FC_RUNS: '20' },
  setupFiles: [fileURLToPath(new URL('setup.mjs', import.meta.url))],
  exclude: ['test/block-list-grows-and-shrinks.test.ts', 'test/long-input-returns.test.ts'],
});
