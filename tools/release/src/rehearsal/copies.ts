import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Project } from './managers.js';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const read = (folder: string) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
const isOurs = (name: string) => name.startsWith('@netstrata/');

/** Where a package finds another one: in the nearest node_modules above it. */
function found(from: string, name: string): string {
  const place = join(from, 'node_modules', name);
  if (existsSync(place)) return realpathSync(place);
  if (dirname(from) === from) throw new Error(`${name} is not installed`);
  return found(dirname(from), name);
}

/** Every folder of a package of ours that a project leads to. What a package manager has left lying about is none. */
function foldersOf(project: string): Set<string> {
  const folders = new Set([project]);
  for (const folder of folders) for (const name of Object.keys(read(folder).dependencies ?? {}).filter(isOurs)) folders.add(found(folder, name));
  folders.delete(project);
  return folders;
}

interface PnpApi {
  getAllLocators(): readonly { readonly name: string; readonly reference: string }[];
}

/** Yarn's Plug'n'Play has a table in place of folders. */
function inTable(project: string): [string, string][] {
  const require = createRequire(import.meta.url);
  const file = join(project, '.pnp.cjs');
  // It was another one before the last install.
  Reflect.deleteProperty(require.cache, file);
  return (require(file) as PnpApi).getAllLocators().filter(({ name }) => isOurs(name)).map(({ name, reference }) => [name, reference.replace(/^npm:/, '')]);
}

/** Name -> the versions of its copies in a project; two copies of one version are two. */
export function copies({ folder, manager }: Project): Map<string, string[]> {
  const all = manager === 'yarn pnp' ? inTable(folder) : [...foldersOf(folder)].map(read).map(({ name, version }) => [name, version] as const);
  const versions = new Map<string, string[]>();
  for (const [name, version] of all) versions.set(name, [...(versions.get(name) ?? []), version].sort());
  return versions;
}

/** Packages of which there is more than one copy, for messages. */
export function doubled(project: Project): string[] {
  return [...copies(project)].filter(([, versions]) => versions.length > 1).map(([name, versions]) => `${name} is there ${versions.length} times: ${versions.join(', ')}`);
}
