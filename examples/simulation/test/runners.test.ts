import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { run } from './support/run.js';

const jest = ['node_modules/jest/bin/jest.js', '--config', 'jest/jest.config.json', '--json'];

interface JestReport {
  readonly testResults: readonly { readonly name: string; readonly assertionResults: readonly { readonly title: string; readonly status: string }[] }[];
}

/** The tests that another runner has run, and whether they passed. */
type Results = readonly { readonly title: string; readonly passed: boolean }[];

async function byJest(args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Results> {
  const { output } = await run([...jest, ...args], env);
  const { testResults } = JSON.parse(output.slice(output.indexOf('{"'))) as JestReport;
  return testResults.flatMap(({ name, assertionResults }) => assertionResults.map(({ title, status }) => ({ title: `${name.split('/').pop()}: ${title}`, passed: status === 'passed' })));
}

async function byNode(): Promise<Results> {
  const { output } = await run(['--test', '--test-reporter=tap', 'node-test/']);
  return [...output.matchAll(/^ *(not )?ok \d+ - (.+)$/gm)].map(([, not, title]) => ({ title, passed: not === undefined }));
}

/** Each of their tests is one here, so that it is counted. */
const runners = {
  jest: await byJest(),
  'jest, with ES modules': await byJest(['--testMatch', '<rootDir>/**/*.test.mjs'], { NODE_OPTIONS: '--experimental-vm-modules --no-warnings' }),
  'node:test': await byNode(),
};
const expected: Readonly<Record<keyof typeof runners, number>> = { jest: 5, 'jest, with ES modules': 1, 'node:test': 2 };

/** A test that fails, by each runner: what it prints. */
const failing = {
  vitest: await run([fileURLToPath(new URL('vitest.mjs', import.meta.resolve('vitest/package.json'))), 'run', '--root', 'fails', '--no-color']),
  jest: await run(['node_modules/jest/bin/jest.js', '--rootDir', 'fails', '--config', 'jest/jest.config.json']),
  'node:test': await run(['--test', '--test-reporter=tap', 'fails/node.test.mjs']),
};

for (const [name, { code, output }] of Object.entries(failing)) {
  it(`${name} prints the report of a run that fails, once`, () => {
    expect(code).toBe(1);
    expect(output.match(/the run has failed/g)?.length).toBeGreaterThan(0);
    for (const part of [/seed: 7; after 1 ms/g, /again: simulate\(/g, /listens on \[::\]:80$/gm, /waits for connections/g]) expect(output.match(part), String(part)).toHaveLength(1);
  });
}

for (const [name, results] of Object.entries(runners)) {
  describe(name, () => {
    it('ran all of its tests', () => {
      expect(results).toHaveLength(expected[name as keyof typeof runners]);
    });

    for (const { title, passed } of results) {
      it(title, () => {
        expect(passed).toBe(true);
      });
    }
  });
}
