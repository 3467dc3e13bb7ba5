import type { Report } from '@netstrata/report';
import { installBinaries, unavailable } from './binaries.js';
import { MAJORS, nodeOf } from './nodes.js';
import { skip } from './suite.js';
import { runPackage } from './vitest.js';
import { windowsScenarios } from './windows.js';

/** The conformance scenarios on every Node with each driver, and on Windows: what docs/conformance.md is written from. */
export async function scenarios(report: Report): Promise<void> {
  const reason = unavailable() ?? (await installBinaries());
  if (reason !== null) skip(report, 'the other Nodes', reason);
  for (const major of MAJORS) {
    const node = nodeOf(major);
    if (!node) {
      skip(report, `Node ${major}`, `run it with Node ${major} for that`);
      continue;
    }
    for (const driver of ['default', 'host'] as const) await runPackage(report, node, 'tools/conformance', driver);
  }
  await windowsScenarios(report);
}
