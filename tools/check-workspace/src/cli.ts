import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Report } from '@netstrata/report';
import { Command } from 'commander';
import { cycleChecks } from './cycle-checks.js';
import { entryGraphChecks } from './entry-graph.js';
import { knipProblems } from './knip.js';
import { layerChecks, readLayers } from './layers.js';
import { manifestChecks, readTemplate } from './manifests.js';
import { checkPackages } from './package-checks.js';
import { reexportChecks } from './reexports.js';
import { readBudgets, sizeChecks, sizeTable, updateBudgets } from './sizes.js';
import { stage } from './stage.js';
import { readWorkspace } from './workspace.js';

// Built into dist/, one level below this package as src/ is.
const data = (name: string) => new URL(`../${name}`, import.meta.url);
const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/[\\/]$/, '');
const budgets = fileURLToPath(data('size-budgets.json'));

const finish = (report: Report) => {
  process.exitCode = report.finish(process.env.NETSTRATA_REPORTS);
};

async function workspace(): Promise<void> {
  const report = new Report('workspace');
  const all = readWorkspace(root);
  const layers = readLayers(data('layers.json'));
  const checks = [
    ...layerChecks(all, layers),
    ...entryGraphChecks(all, layers),
    ...cycleChecks(all),
    ...reexportChecks(all),
    ...manifestChecks(all, readTemplate()),
    ...sizeChecks(all, readBudgets(budgets)),
  ];
  for (const { name, run } of checks) await report.check(name, run);
  finish(report);
}

async function packages(): Promise<void> {
  const report = new Report('packages');
  await checkPackages(readWorkspace(root), report);
  finish(report);
}

async function knip(): Promise<void> {
  const report = new Report('knip');
  await report.check('knip: nothing is dead, unlisted or unresolved', () => knipProblems(root));
  finish(report);
}

async function sizes(names: readonly string[], { update = false }: { update?: boolean }): Promise<void> {
  const all = readWorkspace(root);
  const unknown = names.filter((name) => !all.packages.some(({ manifest }) => manifest.name === name));
  if (unknown.length > 0) program.error(`No such package: ${unknown.join(', ')}`);
  if (update) await updateBudgets(all, budgets, names);
  for (const [name, bytes, max] of await sizeTable(all, readBudgets(budgets), names)) console.log(`${bytes}`.padStart(7), `${max ?? 'no budget'}`.padStart(9), name);
}

async function stageAll(folder: string): Promise<void> {
  const problems = await stage(readWorkspace(root), resolve(folder));
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
}

const program = new Command('check-workspace').description('What must hold for every package of the workspace');
program.command('workspace').description('layers, cycles, re-exports, manifests, sizes; needs a build').action(workspace);
program.command('packages').description('pack every package, lint it, install it elsewhere and use it; needs a build').action(packages);
program.command('stage').description('pack every package and install all of them in a folder; needs a build').argument('<folder>').action(stageAll);
program.command('knip').description('dead code and dependencies').action(knip);
program
  .command('sizes')
  .description('every size and its budget, in bytes after gzip')
  .argument('[packages...]', 'which; all if none is named')
  .option('--update', 'set the budgets a little above the sizes')
  .action(sizes);
await program.parseAsync();
