import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Report } from '@netstrata/report';
import { Command } from 'commander';
import { KNOWN_DIFFERENCES } from '../support/known-differences.js';
import { listOf, problems, write } from './document.js';
import { resultsIn, rowsOf, type KnownFailure } from './rows.js';

const file = fileURLToPath(new URL('../../../../docs/compatibility/conformance.md', import.meta.url));
const failures = JSON.parse(readFileSync(new URL('../../../../tools/runtimes/known.json', import.meta.url), 'utf8')) as KnownFailure[];

const list = listOf(KNOWN_DIFFERENCES, failures);
const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
const rowsIn = (folder: string) => rowsOf(resultsIn(folder), failures);

const program = new Command('table').description('docs/compatibility/conformance.md, from the reports of the scenarios');
program
  .command('write')
  .argument('<folder>')
  .action((folder: string) => {
    const rows = rowsIn(folder);
    if (rows.length === 0) program.error(`There are no results of scenarios in ${folder}`);
    if (rows.some((row) => row.failed > 0)) program.error('Scenarios failed');
    writeFileSync(file, write(text, rows, list));
  });
program
  .command('check')
  .argument('<folder>')
  .action(async (folder: string) => {
    const report = new Report('table');
    await report.check('docs/compatibility/conformance.md says what came of the scenarios (npm run conformance writes it)', () => problems(text, rowsIn(folder), list));
    process.exitCode = report.finish(process.env['NETSTRATA_REPORTS']);
  });
await program.parseAsync();
