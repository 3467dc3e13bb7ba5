import { Report } from '@netstrata/report';
import { Argument, Command } from 'commander';
import { RUNTIMES, binary, unavailable, type Runtime } from '../binaries.mjs';
import { hardened } from './hardened.js';
import { installBinaries } from './install.js';
import { fillStage } from './stage.js';
import { suites } from './suites.js';
import { windows, windowsScenarios } from './windows.js';
import { installWine } from './wine.js';

/** Runs a job with its own report. Each prints its own output, as it has hundreds of results. */
async function job(name: string, body: (report: Report) => Promise<void>): Promise<void> {
  const report = new Report(name, { quiet: true });
  await body(report);
  process.exitCode = report.finish(process.env.NETSTRATA_REPORTS);
}

async function installNodes(): Promise<void> {
  const problem = unavailable() ?? (await installBinaries());
  if (problem !== null) program.error(problem);
}

async function install(): Promise<void> {
  await installNodes();
  // Jobs that need it are skipped without it, with the reason.
  console.log((await installWine()) ?? 'wine64 is installed');
}

/** Installs a runtime and prints the path of its executable. */
async function path(runtime: Runtime): Promise<void> {
  if (binary(runtime) === null) {
    console.error('The other runtimes are installed, which takes a moment');
    await installNodes();
  }
  console.log(binary(runtime));
}

const program = new Command('runtimes').description('The packages on other runtimes than the one that is installed').allowExcessArguments(false);
program.command('install').description('installs all of them').action(install);
program.command('path').description('where the executable of a runtime is').addArgument(new Argument('<runtime>').choices(RUNTIMES)).action(path);
program.command('stage').description('installs the packages as published, and the suites beside them, in the folder NETSTRATA_STAGE').action(fillStage);
program.command('suites').description('the permission model, Bun and Deno, on what was staged').action(() => job('suites', suites));
program.command('windows').description("Windows' Node through wine, on what was staged").action(() => job('windows', windows));
program.command('windows-scenarios').description('the scenarios of conformance there').action(() => job('windows-scenarios', windowsScenarios));
program.command('hardened').description('the scenarios of conformance where builtins are frozen and the like').action(() => job('hardened', hardened));
await program.parseAsync();
