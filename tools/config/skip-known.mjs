import { beforeEach } from 'vitest';

/** Skips the tests that NETSTRATA_SKIP names: those that never end on a runtime, or end the process. tools/runtimes/known.json says why. */
const skipped = new Set(JSON.parse(process.env.NETSTRATA_SKIP ?? '[]'));

/** `test/file.test.ts > describe > title`, as in known.json. */
function nameOf({ task }) {
  const titles = [];
  for (let { suite } = task; suite !== undefined; { suite } = suite) titles.unshift(suite.name);
  return [task.file.name, ...titles, task.name].join(' > ');
}

beforeEach((context) => {
  context.skip(skipped.has(nameOf(context)));
});
