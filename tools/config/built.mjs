import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { env, root } from '../gate/process.mjs';

/** Before tests that start other programs: builds what those load, which takes a moment when nothing has changed. */
export default function setup({ config }) {
  // `npm test` has built everything.
  if (process.env.NETSTRATA_BUILT === '1') return;
  const { name } = JSON.parse(readFileSync(join(config.root, 'package.json'), 'utf8'));
  const args = ['run', 'build', `--filter=${name}...`, '--output-logs=errors-only'];
  execFileSync('turbo', args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], env, shell: process.platform === 'win32' });
}
