import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { here, root } from './paths.js';
import { run } from './run.js';

const folder = join(here, 'binaries');

const FILES = {
  'node-22': 'bin/node',
  'node-24': 'bin/node',
  'node-26': 'bin/node',
  'node-windows': 'bin/node.exe',
  bun: 'bin/bun',
  deno: 'deno',
} as const;

export type Runtime = keyof typeof FILES;

export const RUNTIMES = Object.keys(FILES) as Runtime[];

/** The reason why no runtime can be had on this machine; null when they can. */
export function unavailable(platform: string = process.platform, arch: string = process.arch): string | null {
  return platform === 'linux' && arch === 'x64' ? null : `the runtimes are installed on linux x64 only, and this is ${platform} ${arch}`;
}

/** Installs all of them as their lockfile says. Returns why that did not work, or null. */
export async function installBinaries(): Promise<string | null> {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { packageManager: string };
  // Started from the root: in the folder itself npx would take the `node` that was installed there.
  const args = ['--yes', packageManager, '--dir', folder, 'install', '--frozen-lockfile', '--reporter=append-only'];
  const { code, output } = await run('npx', args, { cwd: root, env: { CI: 'true' } });
  return code === 0 ? null : `the runtimes could not be installed: ${output.trim().split('\n').at(-1)}`;
}

/** The executable of a runtime; null when it is not installed. */
export function binary(runtime: Runtime): string | null {
  const file = join(folder, 'node_modules', runtime, FILES[runtime]);
  return existsSync(file) ? file : null;
}
