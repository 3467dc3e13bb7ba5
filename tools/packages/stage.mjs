// Packages as they are published, from tarballs/, installed by npm in a folder without links.
//   node tools/packages/stage.mjs FOLDER     all packages
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { folders, manifests } from './layers.mjs';

/** The file that `pnpm pack` makes of a package. */
export function tarball(folder) {
  const { name, version } = manifests[folder];
  const file = fileURLToPath(new URL(`../../tarballs/${name.replace('@', '').replace('/', '-')}-${version}.tgz`, import.meta.url));
  if (!existsSync(file)) throw new Error(`${file} is not there: run \`pnpm turbo run tarballs\` first`);
  return file;
}

/** Installs packages with the ones that they depend on: npm's overrides put tarballs in place of published versions. */
export async function install(target, some) {
  const files = Object.fromEntries(folders.map((folder) => [manifests[folder].name, `file:${tarball(folder)}`]));
  const dependencies = Object.fromEntries(some.map((folder) => [manifests[folder].name, files[manifests[folder].name]]));
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, 'package.json'), JSON.stringify({ name: 'consumer', private: true, dependencies, overrides: files }, null, 2));
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline', '--loglevel=error'];
  // On Windows npm is a shell script.
  await promisify(execFile)('npm', args, { cwd: target, shell: process.platform === 'win32' });
}

export const stage = (target) => install(target, folders);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!process.argv[2]) throw new Error('node tools/packages/stage.mjs FOLDER');
  await stage(resolve(process.argv[2]));
}
