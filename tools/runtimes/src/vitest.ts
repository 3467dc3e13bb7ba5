import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { readReport, type Report, type Result } from '@netstrata/report';
import { MAJORS, type NodeRuntime } from './nodes.js';
import { root } from './paths.js';
import { run } from './run.js';
import { addAll, begin, type Driver } from './suite.js';

/** Runs on the newest Node alone: nothing of a runtime is in them, and on the newest the builtin has all that they are compared with. */
const PURE = ['packages/ip-utils', 'packages/transport', 'packages/transport-memory'];
/** Runs on every Node: compared with its streams, or with what it did on the others. */
const COMPARED = ['packages/stream-core', 'packages/simulation'];
/** These stand on handles: a run with each driver. */
const DRIVEN = ['packages/handles', 'packages/transport-tcp', 'packages/transport-ipc', 'packages/net-compat', 'tools/conformance', 'tools/fuzz', 'tools/attack'];

/** A package's own tests on another Node. */
export async function runPackage(report: Report, { major, file }: NodeRuntime, member: string, driver: Driver): Promise<void> {
  const cwd = join(root, member);
  const name = basename(member);
  const folder = mkdtempSync(join(tmpdir(), 'netstrata-vitest-'));
  const place = { label: `Node ${major}`, suite: name, driver };
  const started = begin(place);
  const env = {
    NETSTRATA_REPORTS: folder,
    NETSTRATA_LABEL: driver,
    NETSTRATA_DRIVER: driver === 'host' ? 'host' : '',
    PATH: `${dirname(file)}${delimiter}${process.env.PATH}`, // for tests that start a `node`
  };
  const { code, output } = await run(file, ['node_modules/vitest/vitest.mjs', 'run'], { cwd, env });
  const written = join(folder, `${name}.${driver}.json`);
  const results: Result[] = existsSync(written) ? readReport(written) : [];
  rmSync(folder, { recursive: true, force: true });
  if (results.length === 0) results.push({ name: 'writes a report', status: 'failed', detail: output.slice(-2000) });
  if (code !== 0 && !results.some(({ status }) => status === 'failed')) results.push({ name: 'ends well', status: 'failed', detail: output.slice(-2000) });
  addAll(report, place, results, performance.now() - started);
}

export async function runPackages(report: Report, node: NodeRuntime): Promise<void> {
  const isNewest = node.major === Math.max(...MAJORS);
  const once = isNewest ? [...PURE, ...COMPARED] : COMPARED;
  for (const member of [...once, ...DRIVEN]) await runPackage(report, node, member, 'default');
  // What net-compat's own tests start takes long; between the oldest and the newest Node the scenarios of conformance have to do.
  for (const member of DRIVEN) if (isNewest || member !== 'packages/net-compat') await runPackage(report, node, member, 'host');
}
