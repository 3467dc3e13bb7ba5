import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import parseChangeset from '@changesets/parse';
import { describe, expect, it } from 'vitest';
import { folders, level, manifests, rooms, type Manifest } from '../layers.mjs';
import { draw, drawn } from '../rooms.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');
const json = (...path: string[]) => JSON.parse(read(...path)) as unknown;
const template = json('tools/create-package/template.json') as Manifest & Record<string, unknown>;

type Ranges = Readonly<Record<string, string>>;
const matching = (pattern: RegExp) => expect.stringMatching(pattern) as unknown;
const isOurs = (name: string) => name.startsWith('@netstrata/');
/** Our packages by the workspace, all others by the catalog. */
const ranges = (all: Ranges | undefined, ours: RegExp) => all && Object.fromEntries(Object.keys(all).map((name) => [name, isOurs(name) ? matching(ours) : 'catalog:']));

/**
 * What others get, where one file is for Bun or for Node alone. A Node that may load no native addons (`--permission`, `--no-addons`) is one of them, unless
 * `module-sync` names its file for `node`, which Deno has too.
 */
const OTHERS: Readonly<Record<string, object>> = {
  './dist/without-bun.js': { 'module-sync': './dist/without-bun.js' },
  './dist/browser.js': { deno: './dist/browser.js', 'module-sync': { node: './dist/index.js', default: './dist/browser.js' } },
};

/** An entry is the files of one output, in the order of the template: the first condition that matches is used. */
function exportsOf({ exports }: Manifest): unknown {
  const { '<entry>': conditions, ...fixed } = template.exports;
  const code = Object.entries(exports).filter(([entry]) => !(entry in fixed));
  const own = code.map(([entry, value]) => {
    const name = entry === '.' ? 'index' : entry.slice(2);
    const folder = `./src/${name}/index.ts` === (value as Ranges).source ? `${name}/index` : name;
    const files = JSON.parse(JSON.stringify(conditions).replaceAll('<stem>', folder)) as Ranges;
    const { import: file } = value as Ranges;
    if (!(file in OTHERS)) return [entry, files] as const;
    const { source, bun, 'node-addons': addons, require } = files;
    return [entry, { source, bun, 'node-addons': addons, ...OTHERS[file], import: file, require }] as const;
  });
  return Object.fromEntries([...own, ...Object.entries(fixed)]);
}

/** For compilers that resolve as Node 10 did, and do not look at `exports`. */
function typesVersionsOf({ exports }: Manifest): unknown {
  const named = Object.entries(exports).filter(([entry, value]) => entry !== '.' && typeof value !== 'string') as [string, Ranges][];
  return named.length === 0 ? undefined : { '*': Object.fromEntries(named.map(([entry, { import: file }]) => [entry.slice(2), [file.slice(2).replace(/js$/, 'd.ts')]])) };
}

/** The values of the template's placeholders. */
const placeholders = (folder: string, manifest: Manifest): Record<string, unknown> => ({
  '@netstrata/<folder>': `@netstrata/${folder}`,
  '<version>': matching(/^\d+\.\d+\.\d+(-[\w.]+)?$/),
  '<text>': matching(/\S/),
  // tools/release compares it with the root's.
  '<address>': expect.anything() as unknown,
  '<dependencies>': ranges(manifest.dependencies, /^workspace:\^$/),
  '<peers>': expect.any(Object) as unknown,
});

describe.each(folders)('%s', (folder) => {
  const manifest = manifests[folder] as Manifest & Record<string, unknown>;
  const path = (...names: string[]) => join(root, 'packages', folder, ...names);

  it('has the fields of the template, in its order', () => {
    const optional = ['homepage', 'repository', 'bugs', 'bin', 'typesVersions', 'dependencies', 'peerDependencies', 'peerDependenciesMeta'];
    expect(Object.keys(manifest)).toEqual(Object.keys(template).filter((field) => field in manifest || !optional.includes(field)));
  });

  it.each(Object.keys(template).filter((field) => !['keywords', 'sideEffects', 'bin', 'exports', 'typesVersions', 'devDependencies', 'scripts'].includes(field)))('says what the template says of %s', (field) => {
    if (field in manifest) expect(manifest[field]).toEqual(placeholders(folder, manifest)[String(template[field])] ?? template[field]);
  });

  it('has the scripts of the template; its tests may be more', () => {
    expect(manifest.scripts).toEqual({ ...(template.scripts as Ranges), test: matching(/^vitest run( &&|$)/) });
  });

  it('has keywords, and side effects in files of dist at most', () => {
    expect(manifest.keywords).toEqual(expect.arrayContaining([matching(/\S/)]));
    if (manifest.sideEffects !== false) expect(manifest.sideEffects).toEqual((manifest.sideEffects as string[]).map(() => matching(/^\.\/dist\/./)));
  });

  it('has programs that are built from sources of the same path', () => {
    const files = Object.values(manifest.bin ?? {});
    expect(files).toEqual(files.map(() => matching(/^\.\/dist\/.+\.js$/)));
    expect(files.filter((file) => !existsSync(path(file.replace('./dist/', 'src/').replace(/\.js$/, '.ts'))))).toEqual([]);
  });

  it('has entries of one shape, each with its source', () => {
    expect(manifest.exports).toHaveProperty(['.']);
    expect(JSON.stringify(manifest.exports, null, 2)).toBe(JSON.stringify(exportsOf(manifest), null, 2));
    const sources = Object.values(manifest.exports).flatMap((value) => (typeof value === 'string' ? [] : [value.source]));
    expect(sources.filter((source) => !existsSync(path(source)))).toEqual([]);
  });

  it('leads compilers without `exports` to the types of every entry', () => {
    expect(manifest.typesVersions).toEqual(typesVersionsOf(manifest));
  });

  it('develops with the presets, and with what the workspace and the catalog have', () => {
    expect(manifest.devDependencies).toEqual({ ...ranges(manifest.devDependencies, /^workspace:[*^]$/), ...template.devDependencies });
  });

  it('depends on what stands below it', () => {
    const ours = Object.keys(manifest.dependencies ?? {}).filter(isOurs).map((name) => name.split('/')[1]);
    expect(ours.filter((other) => level(other) >= level(folder))).toEqual([]);
  });

  it('has what belongs beside a manifest', () => {
    const files = ['README.md', 'LICENSE', 'tsconfig.json', 'tsconfig.build.json', 'tsup.config.ts', 'vitest.config.ts'];
    expect(files.filter((name) => !existsSync(path(name)))).toEqual([]);
    expect(read('packages', folder, 'LICENSE')).toBe(read('LICENSE'));
  });

  const filesIn = (room: string) => readdirSync(path('src', room), { withFileTypes: true });
  /** Every folder of the sources that has files, from there. */
  const roomsIn = (room = ''): string[] => [
    ...(room !== '' && filesIn(room).some((entry) => entry.isFile()) ? [room] : []),
    ...filesIn(room).filter((entry) => entry.isDirectory()).flatMap(({ name }) => roomsIn(room === '' ? name : `${room}/${name}`)),
  ];

  it('has rooms, with doors that lead one way', () => {
    const known = rooms[folder] ?? {};
    expect(roomsIn().sort()).toEqual(Object.keys(known).sort());
    const before = new Set<string>();
    // From the bottom up: each imports only rooms before it.
    for (const [name, { imports }] of Object.entries(known)) {
      expect(imports.filter((other) => !before.has(other)), name).toEqual([]);
      before.add(name);
    }
  });

  it('has ten files in a folder at the most', () => {
    const counts = ['', ...roomsIn()].map((room) => [room, filesIn(room).filter((entry) => entry.isFile()).length] as const);
    expect(counts.filter(([, count]) => count > 10)).toEqual([]);
  });

  it('has no line of source longer than 140 characters', () => {
    const files = readdirSync(path('src'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const long = files.flatMap((name) => read('packages', folder, 'src', name).split('\n').map((line, at) => [`${name}:${at + 1}`, line.length] as const));
    expect(long.filter(([, length]) => length > 140)).toEqual([]);
  });

  it('has a CHANGELOG.md or a changeset (pnpm changeset)', () => {
    const waiting = readdirSync(join(root, '.changeset')).filter((name) => name.endsWith('.md') && name !== 'README.md');
    const named = waiting.flatMap((name) => parseChangeset(read('.changeset', name)).releases.map((release) => release.name));
    expect(existsSync(path('CHANGELOG.md')) ? [...named, manifest.name] : named).toContain(manifest.name);
  });

  it('is built before it is packed', () => {
    const { tasks } = json('turbo.json') as { tasks: Record<string, { dependsOn?: string[] }> };
    expect(tasks['//#tarballs']?.dependsOn).toEqual(expect.arrayContaining(['//#types', `${manifest.name}#build`]));
  });
});

/** Name -> folder, from the root, of every member of the workspace. */
const members = new Map(
  ['packages', 'examples', 'tools'].flatMap((area) =>
    readdirSync(join(root, area))
      .filter((name) => existsSync(join(root, area, name, 'package.json')))
      .map((name) => [(json(area, name, 'package.json') as Manifest).name, `${area}/${name}`] as const),
  ),
);

describe('all members', () => {
  it.each([...members.values()])('%s depends on what the workspace and the catalog have', (folder) => {
    const { dependencies, devDependencies } = json(folder, 'package.json') as Manifest;
    const all = { ...dependencies, ...devDependencies };
    expect(all).toEqual(ranges(all, /^workspace:[*^]$/));
  });

  it('are made with one pnpm: the one that installs, and the one that is installed', () => {
    const { packageManager } = json('package.json') as { packageManager: string };
    expect(read('pnpm-workspace.yaml')).toContain(`\n  pnpm: ${packageManager.replace('pnpm@', '')}\n`);
  });

  it('are for the Node that the root is for, where they say', () => {
    const { engines } = json('package.json') as Manifest;
    const said = [...members.values()].map((folder) => [folder, (json(folder, 'package.json') as Manifest).engines ?? engines]);
    expect(engines).toEqual(template.engines);
    expect(Object.fromEntries(said)).toEqual(Object.fromEntries(said.map(([folder]) => [folder, engines])));
  });
});

it.each(['rooms.json', 'layers.json'])('%s names each package and entry once: of two that have one name the first is lost', (name) => {
  const names = read('tools', 'packages', name).match(/^(?: {2}| {4}(?="@))"[^"]+": /gm)!;
  expect(names.filter((one, at) => names.indexOf(one) !== at)).toEqual([]);
});

it('ARCHITECTURE.md shows the rooms as the imports of the sources have them (node tools/packages/rooms.mjs --write)', async () => {
  expect(drawn()).toBe(await draw());
});

interface Config { readonly references: readonly { readonly path: string }[] }

describe('the configurations of TypeScript', () => {
  const libraries = [...members.values()].filter((folder) => existsSync(join(root, folder, 'tsconfig.build.json')));
  /** The folders of what a configuration references: by file, or by folder. */
  const references = (...path: string[]) => (json(...path) as Config).references.map((one) => relative(root, resolve(root, dirname(join(...path)), one.path.replace(/\/[^/]*\.json$/, ''))).replaceAll('\\', '/')).sort();

  it('that are built are all reached from that of the root', () => {
    expect(references('tsconfig.json')).toEqual(['docs', 'examples', ...folders.map((folder) => `packages/${folder}`), 'tools'].sort());
    for (const folder of folders) expect(references('packages', folder, 'tsconfig.json')).toContain(`packages/${folder}`);
    expect(references('examples', 'tsconfig.json')).toEqual(['packages/simulation', ...libraries.filter((folder) => folder.startsWith('examples/'))].sort());
  });

  it.each(libraries)('%s references what its manifest depends on', (folder) => {
    const { dependencies } = json(folder, 'package.json') as Manifest;
    expect(references(folder, 'tsconfig.build.json')).toEqual(Object.keys(dependencies ?? {}).flatMap((name) => members.get(name) ?? []).sort());
  });
});
