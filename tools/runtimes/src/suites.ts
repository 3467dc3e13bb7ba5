import type { Report } from '@netstrata/report';
import { MAJORS, binary, nodeOf, unavailable } from '../binaries.mjs';
import { packageTests } from './package-tests.js';
import { permissionFlags } from './permission.js';
import { stageFolder } from './stage.js';
import { NODE_ARGS, runSuite, skip, suitesOf } from './suite.js';

const DENO_RUN = ['run', '--quiet', '--allow-all', '--no-lock', '--node-modules-dir=manual'] as const;

/** The commands with which Bun and Deno start a program, with all permissions, and a tool written for Node. */
const OTHERS = {
  bun: { program: ['run'], tool: ['--bun'] },
  deno: { program: DENO_RUN, tool: DENO_RUN },
} as const;

async function runPermission(report: Report, major: number): Promise<void> {
  const { file, skip: reason } = nodeOf(major);
  if (file === undefined) { skip(report, `Node ${major}, --permission`, reason); return; }
  const args = [...(await permissionFlags(file)), ...NODE_ARGS];
  // Layers stand on what the others have tested on each.
  const own = major === MAJORS.at(-1) ? suitesOf('permission-newest') : [];
  for (const suite of [...suitesOf('permission'), ...own]) {
    await runSuite(report, { label: `Node ${major}, --permission`, suite, driver: 'default', stage: stageFolder(), file, args });
  }
}

async function runOther(report: Report, name: 'bun' | 'deno'): Promise<void> {
  const file = binary(name);
  if (file === null) { skip(report, name, unavailable() ?? `${name} is not installed`); return; }
  const { program, tool } = OTHERS[name];
  for (const driver of ['default', 'host'] as const) {
    for (const suite of suitesOf(driver === 'host' ? 'host' : name)) {
      await runSuite(report, { label: name, suite, driver, stage: stageFolder(), file, args: program, env: { DENO_NO_UPDATE_CHECK: '1' } });
    }
  }
  await packageTests(report, name, file, tool);
}

/** The suites that run on the staged packages, except those on Windows. */
export async function suites(report: Report): Promise<void> {
  for (const major of MAJORS) await runPermission(report, major);
  for (const name of ['bun', 'deno'] as const) await runOther(report, name);
}
