import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { withBundle } from '@netstrata/config/bundle';
import { expect, it } from 'vitest';

interface Findings {
  /** What came out otherwise with something on Object.prototype than without. */
  readonly found: readonly string[];
  /** The same of what node:net does not get over either, where it carries the bytes. */
  readonly leftOut: readonly string[];
  /** How much was compared. */
  readonly lines: number;
}

/** In a process of its own: what is put on Object.prototype would be a test runner's, too. */
async function findings(): Promise<Findings> {
  return withBundle(new URL('../fixtures/polluted.ts', import.meta.url), async (file) => {
    const { stdout } = await promisify(execFile)(process.execPath, [file]);
    return JSON.parse(stdout) as Findings;
  });
}

it('nothing that stands on Object.prototype is an option, or a part of how properties are made', async () => {
  const { found, leftOut, lines } = await findings();
  expect(found).toEqual([]);
  expect(lines).toBeGreaterThan(200);
  if (process.env.NETSTRATA_DRIVER !== 'host') expect(leftOut).toEqual([]);
});
