import { expect, it } from 'vitest';
import { resultsOf } from '../src/package-tests.js';

const file = (name: string, status: string, ...tests: object[]) => ({ name: `/repo/packages/one/test/${name}`, status, assertionResults: tests });
const read = (...files: object[]) => resultsOf(JSON.stringify({ testResults: files }), '/repo/packages/one', 'the output').map(({ name, status }) => `${status} ${name}`);

it('tests are named by their file, describes and title', () => {
  const tests = [
    { ancestorTitles: ['outer', 'inner'], title: 'passes', status: 'passed' },
    { ancestorTitles: [], title: 'fails', status: 'failed', failureMessages: ['why'] },
    { ancestorTitles: [], title: 'waits', status: 'pending' },
  ];
  expect(read(file('a.test.ts', 'failed', ...tests))).toEqual(['passed test/a.test.ts > outer > inner > passes', 'failed test/a.test.ts > fails', 'skipped test/a.test.ts > waits']);
});

it('a file that does not load has failed', () => {
  expect(read(file('a.test.ts', 'failed'))).toEqual(['failed test/a.test.ts']);
});

it('a run that wrote nothing, or without tests, has failed', () => {
  expect(resultsOf(null, '/repo', 'the output')).toEqual([{ name: 'runs to its end', status: 'failed', detail: 'the output' }]);
  expect(read()).toEqual(['failed has tests']);
});
