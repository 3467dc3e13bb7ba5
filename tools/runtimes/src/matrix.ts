import type { Report } from '@netstrata/report';
import { binary, installBinaries, unavailable } from './binaries.js';
import { MAJORS, nodeOf, permissionFlags, running, type NodeRuntime } from './nodes.js';
import { openStage } from './stage.js';
import { NODE_ARGS, check, runSuite, skip, suitesOf } from './suite.js';
import { runPackages } from './vitest.js';

/** How Bun and Deno start a program, with all it needs allowed. */
const OTHERS = {
  bun: ['run'],
  deno: ['run', '--quiet', '--allow-all', '--no-lock', '--node-modules-dir=manual'],
} as const;

async function runPermission(report: Report, node: NodeRuntime, stage: string): Promise<void> {
  const args = [...(await permissionFlags(node)), ...NODE_ARGS];
  for (const suite of suitesOf('permission')) {
    await runSuite(report, { label: `Node ${node.major}, --permission`, suite, driver: 'default', stage, file: node.file, args });
  }
}

async function runOther(report: Report, name: 'bun' | 'deno', stage: string): Promise<void> {
  const file = binary(name);
  if (file === null) { skip(report, name, `${name} is not installed`); return; }
  for (const suite of suitesOf(name)) {
    await runSuite(report, { label: name, suite, driver: 'default', stage, file, args: OTHERS[name], env: { DENO_NO_UPDATE_CHECK: '1' } });
  }
}

/** Every runtime there is; the tests of the packages on the one that runs this are a step of their own. */
export async function matrix(report: Report): Promise<void> {
  const reason = unavailable() ?? (await installBinaries());
  if (reason !== null) { skip(report, 'the matrix', reason); return; }
  const stage = openStage();
  try {
    const staged = await check(report, 'the packages are staged', stage.fill);
    for (const major of MAJORS) {
      const node = nodeOf(major);
      if (!node) {
        skip(report, `Node ${major}`, `run the tests with Node ${major} for that`);
        continue;
      }
      if (major !== running) await runPackages(report, node);
      if (staged) await runPermission(report, node, stage.folder);
    }
    if (staged) for (const name of ['bun', 'deno'] as const) await runOther(report, name, stage.folder);
  } finally {
    stage.remove();
  }
}
