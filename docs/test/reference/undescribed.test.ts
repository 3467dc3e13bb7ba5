import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LogLevel } from 'typedoc';
import { expect, it } from 'vitest';
import { root } from '../../.vitepress/pages.js';
import { convert, isComplete } from '../../.vitepress/reference/convert.js';
import { entriesOf } from '../../.vitepress/reference/entries.js';

const fixture = fileURLToPath(new URL('fixture', import.meta.url));

/** What is said of packages of the fixture. */
async function faultsOf(...names: readonly string[]): Promise<string[]> {
  const entries = entriesOf(fixture).filter(({ name }) => names.some((one) => name === `@fixture/${one}`));
  const converted = await convert(entries, join(root, 'tools/config/tsconfig.json'));
  const faults: string[] = [];
  converted.app.logger.log = (message, level) => {
    if (level >= LogLevel.Warn) faults.push(message);
  };
  expect(isComplete(converted)).toBe(faults.length === 0);
  return faults;
}

it('takes what is described', async () => {
  expect(await faultsOf('described')).toEqual([]);
});

it('refuses a module, an export and a member without a comment, and a link to nothing', async () => {
  const faults = (await faultsOf('described', 'undescribed')).join('\n');
  for (const name of ['@fixture/undescribed (Module)', 'silent (CallSignature)', 'Options.silent (Property)', 'nowhere']) expect(faults).toContain(name);
});
