import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '@netstrata/report';
import { binary, unavailable } from '../binaries.mjs';
import { run as runCommand } from './run.js';
import { addScenarios, stageFolder } from './stage.js';
import { NODE_ARGS, check, runSuite, skip, suitesOf, type Driver } from './suite.js';
import { openWine, type Wine } from './wine.js';

/** The first start creates the Windows files, which takes some seconds; later starts print nothing else. */
async function start(wine: Wine, node: string): Promise<string[]> {
  const { code, output } = await runCommand(wine.file, [node, '-p', 'process.platform'], { cwd: '.', env: wine.env });
  return code === 0 && output.includes('win32') ? [] : [output];
}

/** The conformance scenarios: the builtin in one process, and then net-compat over each driver in another. */
async function runScenarios(report: Report, wine: Wine, node: string, stage: string): Promise<void> {
  mkdirSync(join(stage, 'records'));
  const run = (side: 'builtin' | 'compat', driver: Driver) =>
    runSuite(report, {
      label: 'Windows', suite: 'conformance.mjs', name: side === 'compat' ? 'conformance' : 'conformance of node:net', driver, stage,
      file: wine.file, args: [node, '--test-force-exit', ...NODE_ARGS], env: { ...wine.env, CONFORMANCE_SIDE: side, CONFORMANCE_RECORDS: 'records' },
    });
  await run('builtin', 'default');
  await Promise.all([run('compat', 'default'), run('compat', 'host')]);
}

/** The suites of suites.json on Windows' Node, with both drivers. */
export function windows(report: Report): Promise<void> {
  return onWindows(report, async (wine, node, stage) => {
    for (const driver of ['default', 'host'] as const) {
      // The host driver uses node:net there as elsewhere: `npm run test:all` tests all of it.
      const isShort = driver === 'host' && process.env.NETSTRATA_QUICK === '1';
      for (const suite of isShort ? ['net-compat.mjs'] : suitesOf('windows')) {
        await runSuite(report, { label: 'Windows', suite, driver, stage, file: wine.file, args: [node, ...NODE_ARGS], env: wine.env });
      }
    }
  });
}

/** The scenarios of conformance. */
export function windowsScenarios(report: Report): Promise<void> {
  return onWindows(report, async (wine, node, stage) => {
    if (await check(report, 'the scenarios are bundled', addScenarios)) await runScenarios(report, wine, node, stage);
  });
}

async function onWindows(report: Report, run: (wine: Wine, node: string, stage: string) => Promise<void>): Promise<void> {
  const node = binary('node-windows');
  if (node === null) { skip(report, 'Windows', unavailable() ?? "Windows' Node is not installed"); return; }
  const wine = await openWine();
  if (typeof wine === 'string') { skip(report, 'Windows', wine); return; }
  try {
    if (await check(report, "Windows' Node starts", () => start(wine, node))) await run(wine, node, stageFolder());
  } finally {
    await wine.close();
  }
}
