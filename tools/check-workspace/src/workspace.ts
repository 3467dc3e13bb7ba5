import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface Manifest {
  name: string;
  version: string;
  exports?: Record<string, unknown>;
  dependencies?: Record<string, string>;
  [field: string]: unknown;
}

export interface Package {
  /** Its folder under packages/, which is also the end of its name. */
  readonly folder: string;
  readonly path: string;
  readonly manifest: Manifest;
}

export interface Workspace {
  readonly root: string;
  readonly packages: readonly Package[];
}

/** What a check of one thing is called, and how to make it. It returns the problems it found. */
export interface Check {
  readonly name: string;
  readonly run: () => readonly string[] | Promise<readonly string[]>;
}

export function readWorkspace(root: string): Workspace {
  const area = join(root, 'packages');
  const packages = readdirSync(area)
    .filter((folder) => existsSync(join(area, folder, 'package.json')))
    .map((folder) => {
      const path = join(area, folder);
      return { folder, path, manifest: JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as Manifest };
    });
  return { root, packages };
}

/** The public entries of a package that are code: `.`, `./core`, ... */
export function entries({ manifest }: Package): string[] {
  return Object.keys(manifest.exports ?? {}).filter((entry) => !entry.endsWith('.json'));
}

/** How a consumer writes an entry: `@netstrata/net-compat/core`. */
export function specifier({ manifest }: Package, entry: string): string {
  return manifest.name + entry.slice(1);
}

/** The source file of an entry: `./core` is `src/core.ts` or `src/core/index.ts`. Null when there is none. */
export function entrySource({ path }: Package, entry: string): string | null {
  const stem = join(path, 'src', entry === '.' ? 'index' : entry.slice(2));
  return [`${stem}.ts`, join(stem, 'index.ts')].find((file) => existsSync(file)) ?? null;
}

/** Every TypeScript file under `src`. */
export function sourceFiles({ path }: Package): string[] {
  const src = join(path, 'src');
  if (!existsSync(src)) return [];
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[cm]?ts$/.test(name))
    .map((name) => join(src, name))
    .sort();
}

/** The package and the entry that a specifier names, when it names a package of this workspace. */
export function target(workspace: Workspace, name: string): { package: Package; entry: string } | null {
  const found = workspace.packages.find(({ manifest }) => name === manifest.name || name.startsWith(`${manifest.name}/`));
  return found ? { package: found, entry: `.${name.slice(found.manifest.name.length)}` } : null;
}
