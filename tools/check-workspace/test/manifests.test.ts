import { describe, expect, it } from 'vitest';
import { manifestChecks } from '../src/manifests.js';
import type { Manifest } from '../src/workspace.js';
import { manifest, problems, surroundings, template, without, workspace } from './fixture.js';

const check = (own: Manifest, more: Record<string, string> = {}) => problems(manifestChecks(workspace({ ...surroundings('a'), ...more, 'packages/a/package.json': own }), template));
const conditions = (stem: string) => ({
  import: { types: `./dist/${stem}.d.ts`, default: `./dist/${stem}.js` },
  require: { types: `./dist/${stem}.d.cts`, default: `./dist/${stem}.cjs` },
});
const exports = (value: Record<string, unknown>) => ({ exports: { ...value, './package.json': './package.json' } });

describe('a manifest', () => {
  it('may be what the template says, with dependencies and a node condition', async () => {
    const dependencies = { '@netstrata/b': 'workspace:^', events: 'catalog:' };
    expect(await check(manifest('a', { dependencies, ...exports({ '.': { node: { import: { types: './dist/index.d.ts', default: './dist/index.node.mjs' }, require: conditions('index').require }, ...conditions('index') } }) }))).toEqual({});
  });

  it.each<[string, Partial<Manifest>, string]>([
    ['another name', { name: '@netstrata/b' }, 'name must be "@netstrata/a"'],
    ['no keywords', { keywords: [] }, 'keywords must be'],
    ['another license', { license: 'ISC' }, 'license must be "MIT"'],
    ['a version out of its range', { version: 'next' }, 'version is not'],
    ['side effects everywhere', { sideEffects: true }, 'sideEffects must be false'],
    ['more files', { files: ['dist', 'src'] }, 'files must be ["dist"]'],
    ['other engines', { engines: { node: '>=18' } }, 'engines must be'],
    ['another script', { scripts: { build: 'tsc' } }, 'scripts must be'],
    ['a range for ours', { dependencies: { '@netstrata/b': '^1.0.0' } }, 'not workspace:^'],
    ['a range for others', { dependencies: { events: '^3.0.0' } }, 'not catalog:'],
    ['a tool less', { devDependencies: {} }, 'devDependencies["tsup"] must be'],
    ['types after the code', exports({ '.': { import: { default: './dist/index.js', types: './dist/index.d.ts' }, require: conditions('index').require } }), 'exports["."] must be'],
    ['an entry of one kind', exports({ '.': { import: conditions('index').import } }), 'exports["."] must be'],
    ['a node condition that comes late', exports({ '.': { ...conditions('index'), node: conditions('n') } }), 'node must come first'],
    ['a node condition of another shape', exports({ '.': { node: './dist/n.js', ...conditions('index') } }), 'exports["."].node must be'],
    ['no index', exports({ './x': conditions('x') }), 'exports has no "."'],
    ['a hidden package.json', { exports: { '.': conditions('index') } }, 'exports["./package.json"]'],
  ])('must not have %s', async (_, more, problem) => {
    expect((await check(manifest('a', more)))['manifest: a']?.join('\n')).toContain(problem);
  });

  it('keeps the fields and their order', async () => {
    const { description, ...rest } = without(manifest('a'), 'keywords');
    const found = await check({ ...rest, description, author: 'me' });
    expect(found['manifest: a']).toEqual(['author is not in the template', expect.stringContaining('description stands too late'), 'keywords is missing']);
  });
});

describe('beside a manifest', () => {
  it('there is a README, and the licence of the root', async () => {
    const all = surroundings('a');
    delete all['packages/a/README.md'];
    const found = await problems(manifestChecks(workspace({ ...all, LICENSE: 'another', 'packages/a/package.json': manifest('a') }), template));
    expect(found).toEqual({ 'files: a': ['README.md is missing', 'LICENSE differs from that of the root'] });
  });

  it('there is a changelog or a changeset', async () => {
    const all = surroundings('a');
    delete all['.changeset/a.md'];
    const bare = { ...all, 'packages/a/package.json': manifest('a') };
    expect(Object.keys(await problems(manifestChecks(workspace(bare), template)))).toEqual(['changelog: a']);
    expect(await problems(manifestChecks(workspace({ ...bare, 'packages/a/CHANGELOG.md': '# a' }), template))).toEqual({});
  });
});
