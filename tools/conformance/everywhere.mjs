// `npm run conformance`: runs the scenarios on every Node, with each driver, and on Windows, and writes docs/conformance.md.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const NETSTRATA_REPORTS = 'reports/conformance';

function run(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, NETSTRATA_REPORTS } });
  if (status !== 0) process.exit(status ?? 1);
}

run('tools/runtimes/dist/cli.js', 'conformance');
run('tools/conformance/dist/table/table.js', 'write', NETSTRATA_REPORTS);
