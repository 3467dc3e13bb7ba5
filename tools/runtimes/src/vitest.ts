import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { readReport, type Report, type Result } from '@netstrata/report';
import type { NodeRuntime } from './nodes.js';
import { root } from './paths.js';
import { run } from './run.js';
import { addAll, type Driver } from './suite.js';

/** Packages that know nothing of drivers: one run each. */
const PURE = ['ip-utils', 'stream-core', 'transport'];
/** Packages that stand on handles: a run with each driver. */
const DRIVEN = ['handles', 'transport-tcp', 'transport-ipc', 'net-compat'];

/** A package's own tests on another Node. */
async function runPackage(report: Report, { major, file }: NodeRuntime, name: string, driver: Driver): Promise<void> {
  const cwd = join(root, 'packages', name);
  const folder = mkdtempSync(join(tmpdir(), 'netstrata-vitest-'));
  const started = performance.now();
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
  addAll(report, { label: `Node ${major}`, suite: name, driver }, results, performance.now() - started);
}

export async function runPackages(report: Report, node: NodeRuntime): Promise<void> {
  for (const name of [...PURE, ...DRIVEN]) await runPackage(report, node, name, 'default');
  for (const name of DRIVEN) await runPackage(report, node, name, 'host');
}
