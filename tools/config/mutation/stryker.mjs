import { fileURLToPath } from 'node:url';

/** Mutation testing of one package, in whose folder it runs: finds what its tests do not notice. `npm run mutation` in the root. */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: fileURLToPath(new URL('vitest.mjs', import.meta.url)) },
  mutate: ['src/**/*.ts'],
  coverageAnalysis: 'perTest',
  // For code that runs when a file is loaded, each mutant would need all tests.
  ignoreStatic: true,
  concurrency: 2,
  timeoutMS: 5000,
  reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  tempDirName: '.stryker-tmp',
  htmlReporter: { fileName: 'reports/mutation.html' },
  jsonReporter: { fileName: 'reports/mutation.json' },
};
