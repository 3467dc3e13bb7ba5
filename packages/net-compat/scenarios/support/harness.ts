import assert from 'node:assert';
import { describe, it as test } from 'node:test';

/**
 * What scenarios use of vitest, over the runner that Node has: for Node on Windows, which runs the bundle of all scenarios
 * (tsup.config.ts) under wine, where vitest does not run.
 */
export { describe };

/** Tests that would end the process; see tools/runtimes/known.json. */
const skipped = new Set(JSON.parse(process.env['NETSTRATA_SKIP'] ?? '[]') as string[]);

export function it(title: string, body: () => unknown): void {
  if (skipped.has(title)) void test.skip(title);
  else void test(title, async () => { await body(); });
}

it.skip = (title: string, _body?: () => unknown): void => { void test.skip(title); };

/** The few expectations there are. */
export function expect(value: unknown, message = 'It is otherwise'): { toBe(wanted: unknown): void; not: { toBe(wanted: unknown): void } } {
  return {
    toBe: (wanted) => { assert.strictEqual(value, wanted); },
    not: { toBe: (wanted) => { assert.notStrictEqual(value, wanted, message); } },
  };
}
