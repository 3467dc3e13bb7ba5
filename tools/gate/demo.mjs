import { install } from './install.mjs';
import { pnpm, run, turbo } from './spawn.mjs';

const DEMO = '@netstrata/example-demo';

/** Builds what the demo stands on and runs it. */
export async function demo(args) {
  return (
    (await install()) ||
    (await run(turbo('build', `--filter=${DEMO}...`, '--output-logs=errors-only'))) ||
    (await run(pnpm('--filter', DEMO, 'run', '--silent', 'demo', ...args)))
  );
}
