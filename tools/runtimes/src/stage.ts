import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { stage } from '@netstrata/packages/stage';
import { here, root } from './paths.js';
import { run } from './run.js';

/** A folder outside the repo, where programs find nothing of the workspace. */
export function stageFolder(): string {
  const folder = process.env.NETSTRATA_STAGE;
  if (folder === undefined) throw new Error('NETSTRATA_STAGE is not set: it names an empty folder outside the repo, which `runtimes stage` fills');
  return folder;
}

/**
 * Installs every package as published, without links, and puts the suites and the demo beside them. wine does not resolve links and would
 * load one module twice.
 */
export async function fillStage(): Promise<void> {
  const folder = stageFolder();
  await stage(folder);
  cpSync(join(here, 'suites'), join(folder, 'suites'), { recursive: true });
  cpSync(join(root, 'packages/net-compat/test/fixtures/register'), join(folder, 'certificate'), { recursive: true, filter: (path) => !/\.[mc]?js$/.test(path) });
  cpSync(join(root, 'examples'), join(folder, 'examples'), { recursive: true, filter: (path) => !path.endsWith('node_modules') });
}

/** Scenarios that do not run on Windows: of arguments, which are checked the same way everywhere, and the matrices of states, which take wine minutes. */
const LEFT_OUT = /(arguments-of-\w+|socket-states|socket-actions-in-handlers)\.test\.mjs$/;

/** Bundles the scenarios of conformance for Node's test runner, and puts them there. Returns problems. */
export async function addScenarios(): Promise<string[]> {
  const scenarios = join(root, 'packages/net-compat/scenarios');
  const { code, output } = await run(join(root, 'node_modules/.bin/tsup'), ['--silent'], { cwd: scenarios });
  if (code !== 0) return [output];
  cpSync(join(scenarios, 'dist'), join(stageFolder(), 'conformance/scenarios'), { recursive: true, filter: (path) => !LEFT_OUT.test(path) });
  cpSync(join(scenarios, 'recorded.json'), join(stageFolder(), 'conformance/recorded.json'));
  return [];
}
