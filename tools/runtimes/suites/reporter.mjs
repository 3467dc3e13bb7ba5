// A reporter for node:test: one line of JSON for each test that ran, and one at the end. A suite that only failed because
// of a test in it is not counted again. It writes the file itself: the stream that Node opens for a reporter's destination
// calls fsync, which the permission model refuses.
import { appendFileSync } from 'node:fs';

const write = (line) => appendFileSync(process.env.NETSTRATA_RESULTS, `${JSON.stringify(line)}\n`);

const status = (type, { skip, todo }) => (skip !== undefined || todo !== undefined ? 'skipped' : type === 'test:pass' ? 'passed' : 'failed');

export default async function* report(source) {
  const path = [];
  for await (const { type, data } of source) {
    if (type === 'test:start') path.splice(data.nesting, Infinity, data.name);
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const error = data.details?.error;
    const isSuite = data.details?.type === 'suite';
    if (isSuite && (type === 'test:pass' || error?.failureType === 'subtestsFailed')) continue;
    const cause = error?.cause;
    const result = {
      name: [...path.slice(0, data.nesting), data.name].join(' > '),
      status: status(type, data),
      ...(error ? { detail: cause?.stack ?? error.stack ?? String(cause ?? error) } : {}),
    };
    write(result);
    yield `${result.name}\n`; // a suite that prints nothing is taken for hanging
  }
  write({ done: true });
}
