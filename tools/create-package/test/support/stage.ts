import { mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of this repository. */
export const root = fileURLToPath(new URL('../../../..', import.meta.url));

/** Neither sources, nor built, nor installed. */
const LEFT_OUT = new Set(['.git', '.turbo', '.vite', 'binaries', 'coverage', 'reports', 'tarballs']);

function copyTree(from: string, to: string, except?: string): Promise<void> {
  // Links stay as they are, so that those between members lead to members of the copy.
  const isOfRehearsal = (path: string) => path.endsWith(join('release', 'programs'));
  return cp(from, to, { recursive: true, verbatimSymlinks: true, filter: (path) => path !== except && !LEFT_OUT.has(basename(path)) && !isOfRehearsal(path) });
}

/** A copy of the workspace. It shares what was installed with the original. */
export async function stage(): Promise<{ readonly copy: string; readonly remove: () => void }> {
  const copy = realpathSync(mkdtempSync(join(tmpdir(), 'netstrata-create-')));
  const installed = join(root, 'node_modules');
  await copyTree(root, copy, installed);
  symlinkSync(installed, join(copy, 'node_modules'), 'junction');
  return { copy, remove: () => rmSync(copy, { recursive: true, force: true }) };
}

/** Does what `pnpm install` does for a new package, without a registry: its neighbour has the same dependencies, and is found by the same examples. */
export async function installLike(neighbour: string, folder: string): Promise<void> {
  await copyTree(join(neighbour, 'node_modules'), join(folder, 'node_modules'));
  symlinkSync(folder, join(folder, '../../examples/readme/node_modules/@netstrata', basename(folder)), 'junction');
}
