import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command.js';
import type { Tarball } from './pack.js';
import { entries, specifier } from './workspace.js';

/** A folder outside the repo where one packed package is installed as a user would have it. */
export interface Consumer {
  readonly folder: string;
  readonly tarball: Tarball;
}

/** The packed packages that one needs, itself included. */
function closure(tarball: Tarball, all: readonly Tarball[], found = new Set<Tarball>()): Set<Tarball> {
  if (found.has(tarball)) return found;
  found.add(tarball);
  for (const name of Object.keys(tarball.package.manifest.dependencies ?? {})) {
    const dependency = all.find((other) => other.package.manifest.name === name);
    if (dependency) closure(dependency, all, found);
  }
  return found;
}

/** Installs what a folder's manifest asks for. */
export async function npmInstall(folder: string): Promise<string[]> {
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline', '--loglevel=error'];
  const { code, output } = await command('npm', args, { cwd: folder });
  return code === 0 ? [] : [`npm install failed:\n${output}`];
}

/** Installs a package with its own packed dependencies: npm's overrides put them in the place of published ones. */
export async function install(tarball: Tarball, all: readonly Tarball[], folder: string): Promise<{ consumer: Consumer; problems: string[] }> {
  mkdirSync(folder, { recursive: true });
  const needed = [...closure(tarball, all)].map((one) => [one.package.manifest.name, `file:${one.file}`] as const);
  const manifest = {
    name: 'consumer',
    private: true,
    dependencies: Object.fromEntries(needed.filter(([name]) => name === tarball.package.manifest.name)),
    overrides: Object.fromEntries(needed.filter(([name]) => name !== tarball.package.manifest.name)),
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  return { consumer: { folder, tarball }, problems: await npmInstall(folder) };
}

/** Loads an entry in a process of its own, and prints the names it exports. */
const LOADERS = {
  import: (name: string) => ['--input-type=module', '-e', `console.log(JSON.stringify(Object.keys(await import(${JSON.stringify(name)}))))`],
  require: (name: string) => ['--input-type=commonjs', '-e', `console.log(JSON.stringify(Object.keys(require(${JSON.stringify(name)}))))`],
} as const;

export type Loader = keyof typeof LOADERS;

/** Names that interop adds on one side only. */
const INTEROP = new Set(['default', '__esModule', 'module.exports']);

/** The names that an entry exports when loaded one way. */
export async function load({ folder, tarball }: Consumer, entry: string, how: Loader): Promise<{ names: string[]; problems: string[] }> {
  const name = specifier(tarball.package, entry);
  const { code, output } = await command(process.execPath, LOADERS[how](name), { cwd: folder, env: { NODE_OPTIONS: '' } });
  if (code !== 0) return { names: [], problems: [output] };
  const names = (JSON.parse(output.trim().split('\n').at(-1)!) as string[]).filter((exported) => !INTEROP.has(exported));
  return { names: names.sort(), problems: [] };
}

/** Both ways of loading must give the same names. */
export async function requireProblems(consumer: Consumer, entry: string): Promise<string[]> {
  const [imported, required] = await Promise.all([load(consumer, entry, 'import'), load(consumer, entry, 'require')]);
  if (required.problems.length > 0) return required.problems;
  const differ = [...imported.names, ...required.names].filter((name) => imported.names.includes(name) !== required.names.includes(name));
  return imported.problems.length === 0 && differ.length > 0 ? [`import and require differ in ${differ.join(', ')}`] : [];
}

/** Whether there is nothing in the consumer's node_modules but the package itself. */
export async function strangers({ folder, tarball }: Consumer): Promise<string[]> {
  const { output } = await command('npm', ['ls', '--all', '--parseable'], { cwd: folder });
  const own = join('node_modules', ...tarball.package.manifest.name.split('/'));
  return output.split('\n').filter((line) => line.includes('node_modules') && !line.endsWith(own));
}

export function publicEntries({ tarball }: Consumer): string[] {
  return entries(tarball.package);
}
