import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { folders, manifests } from '../layers.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const readme = (folder: string) => readFileSync(new URL(`../../../packages/${folder}/README.md`, import.meta.url), 'utf8');
const isOurs = (name: string) => name.startsWith('@netstrata/');

/** What pnpm says of the packages that users install with ours. */
function pnpm(...args: readonly string[]): unknown {
  const text = execFileSync('pnpm', [...args, '--json', '--prod', '--filter', './packages/*'], { cwd: root, encoding: 'utf8', shell: process.platform === 'win32', maxBuffer: 1 << 26 });
  return JSON.parse(text);
}

interface Tree { readonly [name: string]: { readonly version: string; readonly dependencies?: Tree } }
interface Listed { readonly name: string; readonly dependencies?: Tree }
const listed = pnpm('list', '--depth', 'Infinity') as readonly Listed[];

/** A package and all that it brings. */
function brought([name, { version, dependencies = {} }]: [string, Tree[string]]): string[] {
  return [`${name}@${version}`, ...Object.entries(dependencies).flatMap(brought)];
}

describe.each(folders)('%s', (folder) => {
  const { name, dependencies = {} } = manifests[folder];
  const fromOutside = Object.keys(dependencies).filter((one) => !isOurs(one)).sort();
  const [, section = ''] = /^## Dependencies\n(.*?)(?=^## |$(?![^]))/ms.exec(readme(folder)) ?? [];
  const rows = [...section.matchAll(/^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \| (\d+) \|$/gm)];

  it('says in its README what each dependency from outside is for, and what would be without it; and names no other', () => {
    expect(rows.map(([, one]) => one)).toEqual(fromOutside);
  });

  it('counts the packages that each brings', () => {
    const tree = listed.find((one) => one.name === name)?.dependencies ?? {};
    const counts = rows.map(([, one]) => [one, String(new Set(brought([one, tree[one]])).size)]);
    expect(rows.map(([, one, , , count]) => [one, count])).toEqual(counts);
  });

  it('asks nobody to install more: no peers, nothing optional', () => {
    const { peerDependencies, optionalDependencies, bundleDependencies } = manifests[folder] as unknown as Record<string, unknown>;
    expect({ peerDependencies, optionalDependencies, bundleDependencies }).toEqual({});
  });
});

/** Those that ask for nothing but to be named. */
const ALLOWED = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT'];

it('everything that users install with our packages has a licence that lets them use it as ours does', () => {
  const licences = pnpm('licenses', 'list') as Readonly<Record<string, readonly { readonly name: string }[]>>;
  const all = Object.values(licences).flat().map(({ name }) => name);
  expect(all).toEqual(expect.arrayContaining(folders.flatMap((folder) => Object.keys(manifests[folder].dependencies ?? {})).filter((name) => !isOurs(name))));
  expect(Object.entries(licences).filter(([licence]) => !ALLOWED.includes(licence)).map(([licence, packages]) => [licence, packages.map(({ name }) => name)])).toEqual([]);
});
