import { install } from './install.mjs';
import { run, turbo } from './spawn.mjs';

const NETSTRATA_REPORTS = 'reports/conformance';

/** Runs the scenarios on every Node, with each driver, and on Windows, and writes docs/conformance.md. */
export async function conformance() {
  return (
    (await install()) ||
    (await run(turbo('build', '--output-logs=errors-only'))) ||
    (await run([process.execPath, 'tools/runtimes/dist/cli.js', 'conformance'], { NETSTRATA_REPORTS })) ||
    (await run([process.execPath, 'tools/conformance/dist/table/table.js', 'write', NETSTRATA_REPORTS]))
  );
}
