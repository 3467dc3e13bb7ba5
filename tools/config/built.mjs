import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { env, root } from '../gate/process.mjs';

/** Before tests that start programs of their own: those load what was built, which takes a moment when nothing has changed. */
export default function setup({ config }) {
  // The gate has built everything.
  if (process.env.NETSTRATA_BUILT === '1') return;
  const { name } = JSON.parse(readFileSync(join(config.root, 'package.json'), 'utf8'));
  const args = ['run', 'build', `--filter=${name}...`, '--output-logs=errors-only'];
  execFileSync('turbo', args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], env, shell: process.platform === 'win32' });
}
