import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Programs are compiled against the declarations that get published: they are made first, which takes a moment when nothing has changed. */
export default function declare(): void {
  if (process.env.NETSTRATA_BUILT === '1') return;
  const cwd = fileURLToPath(new URL('../../../', import.meta.url));
  execFileSync('turbo', ['run', 'types', '--output-logs=errors-only'], { cwd, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
}
