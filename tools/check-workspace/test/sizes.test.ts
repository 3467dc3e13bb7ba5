import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sizeChecks, updateBudgets, type Budgets } from '../src/sizes.js';
import { manifest, problems, workspace } from './fixture.js';

const built = () =>
  workspace({
    'packages/a/package.json': manifest('a'),
    'packages/a/dist/index.js': `import '@netstrata/b';\nexport const small = 1;\nexport const large = ${JSON.stringify('abcdefghijklmnop'.repeat(20))};`,
    'packages/b/package.json': manifest('b'),
    'packages/b/dist/index.js': `export const text = '${Array.from({ length: 200 }, (_, index) => (index * 7919).toString(36)).join('')}';`,
  });
const budgets = (more: Partial<Budgets> = {}): Budgets => ({ entries: { '@netstrata/a': 200, '@netstrata/b': 1000 }, bundles: {}, ...more });
const bundle = (code: string, max: number) => ({ bundles: { it: { code, max } } });

it('an entry within its budget passes, without what it imports', async () => {
  expect(await problems(sizeChecks(built(), budgets()))).toEqual({});
});

it('an entry above its budget fails', async () => {
  const found = await problems(sizeChecks(built(), budgets({ entries: { '@netstrata/a': 10, '@netstrata/b': 1000 } })));
  expect(found['size: @netstrata/a']?.[0]).toMatch(/^\d+ bytes after gzip, the budget is 10$/);
});

it('an entry without a budget fails, and so does a budget without an entry', async () => {
  const found = await problems(sizeChecks(built(), budgets({ entries: { '@netstrata/b': 1000, '@netstrata/gone': 1 } })));
  expect(Object.keys(found)).toEqual(['size budgets: all are of entries that exist', 'size: @netstrata/a']);
});

it('a bundle takes in what it needs and leaves out what it does not', async () => {
  const all = "import '@netstrata/a';\nexport * from '@netstrata/b';";
  expect(Object.keys(await problems(sizeChecks(built(), budgets(bundle(all, 100)))))).toEqual(['size: it']);
  expect(await problems(sizeChecks(built(), budgets(bundle("export { small } from '@netstrata/a';", 100))))).toEqual({});
});

it('new budgets are a little above what was measured', async () => {
  const all = built();
  const file = join(all.root, 'budgets.json');
  writeFileSync(file, JSON.stringify(budgets(bundle("export { small } from '@netstrata/a';", 123))));
  await updateBudgets(all, file);
  const updated = JSON.parse(readFileSync(file, 'utf8')) as Budgets;
  expect(updated.bundles.it.max).toBe(123);
  expect(updated.entries['@netstrata/a']).toBeLessThan(200);
  expect(await problems(sizeChecks(all, updated))).toEqual({});
});

it('the budgets of one package can be set, and all others stay', async () => {
  const all = built();
  const file = join(all.root, 'budgets.json');
  writeFileSync(file, JSON.stringify(budgets({ entries: { '@netstrata/b': 1000 } })));
  await updateBudgets(all, file, ['@netstrata/a']);
  const { entries } = JSON.parse(readFileSync(file, 'utf8')) as Budgets;
  expect(Object.keys(entries)).toEqual(['@netstrata/a', '@netstrata/b']);
  expect(entries['@netstrata/b']).toBe(1000);
});
