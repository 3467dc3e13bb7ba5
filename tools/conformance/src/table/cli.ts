import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Report } from '@netstrata/report';
import { KNOWN_DIFFERENCES } from '../known-differences.js';
import { listOf, problems, write } from './document.js';
import { resultsIn, rowsOf, type KnownFailure } from './rows.js';

// Built into dist/table/, two levels below the package, as it stands in src/.
const file = fileURLToPath(new URL('../../../../docs/conformance.md', import.meta.url));
const failures = JSON.parse(readFileSync(new URL('../../../runtimes/known.json', import.meta.url), 'utf8')) as KnownFailure[];

/** `table write FOLDER` writes the document from the reports in a folder, `table check FOLDER` compares it with them. */
const [command, folder = 'reports'] = process.argv.slice(2);
const rows = rowsOf(resultsIn(folder, process.versions.node.split('.')[0]), failures);
const list = listOf(KNOWN_DIFFERENCES, failures);
const text = existsSync(file) ? readFileSync(file, 'utf8') : '';

if (command === 'write') {
  const failed = rows.filter((row) => row.failed > 0);
  if (rows.length === 0 || failed.length > 0) throw new Error(rows.length === 0 ? `There are no results of scenarios in ${folder}` : `Scenarios failed: ${JSON.stringify(failed)}`);
  writeFileSync(file, write(text, rows, list));
} else {
  const report = new Report('conformance-table');
  await report.check('docs/conformance.md says what came of the scenarios (npm run conformance writes it)', () => problems(text, rows, list));
  process.exitCode = report.finish(process.env['NETSTRATA_REPORTS']);
}
