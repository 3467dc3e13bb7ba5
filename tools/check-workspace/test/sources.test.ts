import { describe, expect, it } from 'vitest';
import { cycleChecks } from '../src/cycle-checks.js';
import { reexportChecks } from '../src/reexports.js';
import { manifest, problems, workspace } from './fixture.js';

const one = (files: Record<string, string>) =>
  workspace({ 'packages/a/package.json': manifest('a', {}, ['index', 'core']), ...Object.fromEntries(Object.entries(files).map(([name, code]) => [`packages/a/src/${name}`, code])) });

describe('cycles', () => {
  it('of types are none', async () => {
    expect(await problems(cycleChecks(one({ 'x.ts': "import type { Y } from './y.js';", 'y.ts': "import { type X } from './x.js';" })))).toEqual({});
  });

  it('between files are found', async () => {
    const found = await problems(cycleChecks(one({ 'x.ts': "import { Y } from './sub/y.js';", 'sub/y.ts': "export * from '../z.js';", 'z.ts': "import './x.js';", 'alone.ts': "import './x.js';" })));
    expect(Object.keys(found)).toEqual(['cycles: within a']);
    expect(found['cycles: within a']).toHaveLength(1);
    expect(found['cycles: within a'][0]).toContain('sub/y.ts -> z.ts -> x.ts');
  });

  it('are not seen in a diamond', async () => {
    expect(await problems(cycleChecks(one({ 'a.ts': "import './b.js'; import './c.js';", 'b.ts': "import './d.js';", 'c.ts': "import './d.js';", 'd.ts': '' })))).toEqual({});
  });

  it('between packages are found', async () => {
    const depending = (from: string, to: string) => manifest(from, { dependencies: { [`@netstrata/${to}`]: 'workspace:^' } });
    const found = await problems(cycleChecks(workspace({ 'packages/a/package.json': depending('a', 'b'), 'packages/b/package.json': depending('b', 'a') })));
    expect(found).toEqual({ 'cycles: between packages': ['@netstrata/a -> @netstrata/b -> @netstrata/a'] });
  });

  it('come with relative imports that lead nowhere or out of src', async () => {
    const found = await problems(cycleChecks(one({ 'x.ts': "import './none.js';\nimport '../test/help.js';", '../test/help.ts': '' })));
    expect(found['cycles: within a']).toEqual(['x.ts:1 imports ./none.js, and there is no such file', 'x.ts:2 imports ../test/help.js, which is outside src']);
  });
});

describe('re-exports', () => {
  it('stand in an index or the source of an entry', async () => {
    const fine = { 'index.ts': "export * from './x.js';", 'core.ts': "export { x } from './x.js';", 'x.ts': 'export const x = 1;', 'part/index.ts': "export { x } from '../x.js';" };
    expect(await problems(reexportChecks(one(fine)))).toEqual({});
  });

  it('stand nowhere else', async () => {
    const found = await problems(reexportChecks(one({ 'y.ts': "export { x } from './x.js';", 'z.ts': "import { x } from './x.js';\nexport { x as z };", 'x.ts': 'export const x = 1;' })));
    const why = 're-exports, and is neither an index nor a public entry';
    expect(found['re-exports: a']).toEqual([`packages/a/src/y.ts:1 ${why}`, `packages/a/src/z.ts:2 ${why}`]);
  });

  it('are all that an index has', async () => {
    const found = await problems(reexportChecks(one({ 'index.ts': "export * from './x.js';\nexport function made() {}", 'x.ts': '' })));
    expect(found['re-exports: a']).toEqual(['packages/a/src/index.ts:2 an index only re-exports']);
  });
});
