import { Report } from '@netstrata/report';
import { Argument, Command } from 'commander';
import { RUNTIMES, binary, installBinaries, unavailable, type Runtime } from './binaries.js';
import { matrix } from './matrix.js';
import { scenarios } from './scenarios.js';
import { windows } from './windows.js';

/** Runs a job with a report of its own. Each prints what it does itself, for it has hundreds of results. */
async function job(name: string, body: (report: Report) => Promise<void>): Promise<void> {
  const report = new Report(name, { quiet: true });
  await body(report);
  process.exitCode = report.finish(process.env.NETSTRATA_REPORTS);
}

/** Prints where the executable of a runtime is, having installed it. */
async function path(runtime: Runtime): Promise<void> {
  const reason = unavailable() ?? (await installBinaries());
  const file = binary(runtime);
  if (file !== null) {
    console.log(file);
    return;
  }
  console.error(reason ?? `${runtime} is not installed`);
  process.exitCode = 1;
}

const program = new Command('runtimes').description('The packages on other runtimes than the one that is installed');
program.command('matrix').description('Node 22 to 26, the permission model, Bun and Deno; needs a build').action(() => job('runtimes', matrix));
program.command('windows').description("Windows' Node through wine; needs a build").action(() => job('windows', windows));
program.command('conformance').description('The conformance scenarios alone, on every Node and on Windows').action(() => job('conformance-everywhere', scenarios));
program.command('path').description('where the executable of a runtime is').addArgument(new Argument('<runtime>').choices(RUNTIMES)).action(path);
await program.parseAsync();
