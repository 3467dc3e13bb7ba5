import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from '../binaries.mjs';
import { root } from './paths.js';
import { run } from './run.js';

/** Installs all runtimes as their lockfile says. Returns why that did not work, or null. */
export async function installBinaries(): Promise<string | null> {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { packageManager: string };
  // Started from the root: in the folder itself npx would take the `node` that was installed there.
  const args = ['--yes', packageManager, '--dir', folder, 'install', '--frozen-lockfile', '--reporter=append-only'];
  const { code, output } = await run('npx', args, { cwd: root, env: { CI: 'true', npm_config_loglevel: 'notice' } });
  return code === 0 ? null : `the runtimes could not be installed: ${output.trim().split('\n').at(-1)}`;
}
