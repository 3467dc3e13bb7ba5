import { readFileSync } from 'node:fs';
import { Report, type Result } from '@netstrata/report';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command, pnpm } from '../src/command.js';
import { checkPackages } from '../src/package-checks.js';
import type { Manifest } from '../src/workspace.js';
import { manifest, without, workspace } from './fixture.js';

const { packageManager } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { packageManager: string };

const outputs = (folder: string) => ({
  [`packages/${folder}/dist/index.js`]: 'export const value = 1;',
  [`packages/${folder}/dist/index.cjs`]: "Object.defineProperty(exports, '__esModule', { value: true });\nexports.value = 1;",
  [`packages/${folder}/dist/index.d.ts`]: 'export declare const value: number;',
  [`packages/${folder}/dist/index.d.cts`]: 'export declare const value: number;',
});

/** The development tools of the template cannot be resolved in a fixture, and are not needed there. */
const lean = (folder: string, more: Partial<Manifest> = {}) => without(manifest(folder, more), 'devDependencies');

/** The files of a package that is sound but for those that are given. */
const one = (folder: string, more: Record<string, string> = {}, fields: Partial<Manifest> = {}) => ({
  ...outputs(folder),
  ...Object.fromEntries(Object.entries(more).map(([name, content]) => [`packages/${folder}/dist/${name}`, content])),
  [`packages/${folder}/package.json`]: lean(folder, fields),
  [`packages/${folder}/README.md`]: '# It',
});

const onB = { dependencies: { '@netstrata/b': 'workspace:^' } };
const broken = 'export declare const value: Missing;';

// All in one workspace, for packing and installing is what takes the time.
const files = {
  'package.json': JSON.stringify({ name: 'fixture', private: true, packageManager }),
  'pnpm-workspace.yaml': 'packages: [packages/*]\n',
  ...one('a', { 'index.js': "import { value } from '@netstrata/b';\nexport { value };" }, onB),
  ...one('b'),
  ...without(one('incomplete'), 'packages/incomplete/dist/index.cjs', 'packages/incomplete/dist/index.d.cts'),
  ...one('ip-utils', { 'index.d.ts': 'export declare const value: Buffer;' }, onB),
  ...one('throws', { 'index.js': "export const value = 1;\nthrow new Error('at once');" }),
  ...one('two-faced', { 'index.cjs': 'exports.other = 1;' }),
  ...one('untyped', { 'index.d.ts': broken, 'index.d.cts': broken }),
};

let results: readonly Result[] = [];
beforeAll(async () => {
  const report = new Report('packages', { quiet: true });
  const all = workspace(files, onTeardown);
  // `pnpm pack` writes the version of a workspace dependency as it is installed.
  const [file, ...args] = pnpm(all.root);
  await command(file, [...args, 'install', '--offline', '--no-frozen-lockfile'], { cwd: all.root });
  await checkPackages(all, report);
  results = report.results;
}, 120_000);

const teardown: (() => void)[] = [];
const onTeardown = (remove: () => void) => void teardown.push(remove);
afterAll(() => {
  for (const remove of teardown) remove();
});

/** What failed of a package. */
const failed = (folder: string) => results.filter(({ name, status }) => status === 'failed' && new RegExp(`(: |/)${folder}( |$)`).test(name));
const names = (folder: string) => failed(folder).map(({ name }) => name);

describe('a package', () => {
  it('that is sound passes, installed with the packages it needs', () => {
    expect(names('a')).toEqual([]);
    expect(names('b')).toEqual([]);
    const passed = results.filter(({ name, status }) => status === 'passed' && /(: |\/)a( |$)/.test(name)).map(({ name }) => name);
    expect(passed).toEqual([
      ...['pack: a', 'publint: a', 'attw: a', 'install: a', 'import: @netstrata/a', 'require: @netstrata/a'],
      ...['types: a (ESM, node16)', 'types: a (CommonJS, node16)', 'types: a (bundler)'],
    ]);
  });

  it('whose files are not all there fails everywhere that matters', () => {
    expect(names('incomplete')).toEqual(['publint: incomplete', 'attw: incomplete', 'require: @netstrata/incomplete', 'types: incomplete (CommonJS, node16)']);
  });

  it('that gives other names to require fails', () => {
    expect(failed('two-faced').find(({ name }) => name === 'require: @netstrata/two-faced')?.detail).toBe('import and require differ in value, other');
  });

  it('that throws when loaded fails', () => {
    expect(names('throws')).toEqual(['import: @netstrata/throws']);
    expect(failed('throws')[0].detail).toContain('at once');
  });

  it('whose declarations do not compile fails', () => {
    expect(names('untyped')).toEqual(['types: untyped (ESM, node16)', 'types: untyped (CommonJS, node16)', 'types: untyped (bundler)']);
    expect(failed('untyped')[0].detail).toContain("Cannot find name 'Missing'");
  });

  it('that promises to stand alone needs neither packages nor the types of Node', () => {
    expect(names('ip-utils')).toEqual(['alone: ip-utils brings nothing along', 'types: ip-utils (ESM, node16)', 'types: ip-utils (bundler)']);
  });
});
