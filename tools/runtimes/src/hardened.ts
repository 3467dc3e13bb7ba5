import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '@netstrata/report';
import { MAJORS, nodeOf } from '../binaries.mjs';
import { addScenarios, stageFolder } from './stage.js';
import { NODE_ARGS, check, runSuite, skip } from './suite.js';

/** What takes something of the language away from programs. */
const FLAGS = ['--frozen-intrinsics', '--disallow-code-generation-from-strings', '--disable-proto=delete'] as const;

/** The conformance scenarios under one flag: the builtin in one process, and when that is done, net-compat in another. */
async function runScenarios(report: Report, major: number, flag: string): Promise<void> {
  const label = `Node ${major}, ${flag}`;
  const { file, skip: reason } = nodeOf(major);
  if (file === undefined) { skip(report, label, reason); return; }
  const stage = stageFolder();
  const records = `records-${major}${flag}`;
  mkdirSync(join(stage, records));
  for (const side of ['builtin', 'compat'] as const) {
    await runSuite(report, {
      label, suite: 'conformance.mjs', name: side === 'compat' ? 'conformance' : 'conformance of node:net', driver: 'default', stage,
      file, args: [flag, '--test-force-exit', ...NODE_ARGS], env: { CONFORMANCE_SIDE: side, CONFORMANCE_RECORDS: records },
    });
  }
}

/** The conformance scenarios where the builtins are frozen, code cannot be made of text, and objects have no `__proto__`. */
export async function hardened(report: Report): Promise<void> {
  if (!(await check(report, 'the scenarios are bundled', addScenarios))) return;
  for (const major of new Set([MAJORS[0], MAJORS.at(-1)!])) {
    for (const flag of FLAGS) await runScenarios(report, major, flag);
  }
}
