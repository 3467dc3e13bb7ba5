import type { Report } from '@netstrata/report';
import { binary, installBinaries, unavailable } from './binaries.js';
import { run } from './run.js';
import { openStage } from './stage.js';
import { NODE_ARGS, check, runSuite, skip, suitesOf } from './suite.js';
import { openWine, type Wine } from './wine.js';

/** The first start makes a Windows, which takes some seconds; after it, nothing is said that is not ours. */
async function start(wine: Wine, node: string): Promise<string[]> {
  const { code, output } = await run(wine.file, [node, '-p', 'process.platform'], { cwd: '.', env: wine.env });
  return code === 0 && output.includes('win32') ? [] : [output];
}

/** The suites of suites.json on Windows' Node, with both drivers. */
export async function windows(report: Report): Promise<void> {
  const reason = unavailable() ?? (await installBinaries());
  const node = binary('node-windows');
  if (reason !== null || node === null) { skip(report, 'Windows', reason ?? "Windows' Node is not installed"); return; }
  const wine = await openWine();
  if (typeof wine === 'string') { skip(report, 'Windows', wine); return; }
  const stage = openStage();
  try {
    const ready = (await check(report, 'the packages are staged', stage.fill)) && (await check(report, "Windows' Node starts", () => start(wine, node)));
    if (!ready) return;
    for (const suite of suitesOf('windows')) {
      for (const driver of ['default', 'host'] as const) {
        const args = [node, ...NODE_ARGS];
        await runSuite(report, { label: 'Windows', suite, driver, stage: stage.folder, file: wine.file, args, env: wine.env });
      }
    }
  } finally {
    await wine.close();
    stage.remove();
  }
}
