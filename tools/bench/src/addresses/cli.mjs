// npm run bench:addresses -- [cases...] [--runtime PATH] [--rounds N] [--seconds S] [--out FOLDER]
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Argument, Option, program } from 'commander';
import pc from 'picocolors';
import { endOnSignals } from '../cleanup.mjs';
import { cores as coresOf } from '../measure/cores.mjs';
import { count, positive } from '../options.mjs';
import { root } from '../paths.mjs';
import { progress } from '../progress.mjs';
import { machine } from '../report/report.mjs';
import { builtin, outdated, version } from '../sides.mjs';
import { cases } from './cases.mjs';
import { measureCase } from './run.mjs';
import { legend, table } from './table.mjs';

program
  .name('bench:addresses')
  .description('Measures ip-utils against packages of npm: in turn, each in fresh processes, medians of the rounds. Needs a build.')
  .addArgument(new Argument('[cases...]', 'which; all if none is named').choices(Object.keys(cases)).default(Object.keys(cases), 'all'))
  .option('--runtime <path>', 'the Node binary that is measured', process.execPath)
  .option('--rounds <n>', 'how often each side is measured', count, 5)
  .option('--seconds <s>', 'how long one measurement lasts', positive, 0.5)
  .addOption(new Option('--out <folder>', 'where the figures go').default(join(root, 'reports/bench'), 'reports/bench'));
program.parse();

const { runtime, rounds, seconds, out } = program.opts();
const names = /** @type {string[]} */ (program.processedArgs[0]);
const side = builtin(runtime);
let measured = '';
try {
  measured = version(side);
} catch (error) {
  program.error(/** @type {Error} */ (error).message);
}

endOnSignals();
const old = outdated(root);
if (old.length) console.error(`Changed since they were built: ${old.join(', ')}. To build them: npm run build`);
const settings = { command: side.command, warm: seconds / 2, seconds, cores: coresOf() };
const bar = progress(names.reduce((sum, name) => sum + Object.keys(cases[name].sides).length * rounds, 0));
/** @type {Record<string, Record<string, import('./run.mjs').Result>>} */
const results = {};
for (const name of names) results[name] = await measureCase(name, rounds, settings, (round, one) => bar.step(`${name}, round ${round + 1} of ${rounds}, ${one}`));
bar.stop();

console.log(`Node ${measured}, ${rounds} rounds, ${machine().cpu}`);
console.log(table(results));
console.log(legend.join('\n'));

const folder = resolve(out);
mkdirSync(folder, { recursive: true });
const report = { date: new Date().toISOString(), runtime: measured, machine: machine(), rounds, seconds, cases: results };
writeFileSync(join(folder, 'addresses.json'), `${JSON.stringify(report, null, 2)}\n`);
console.log(`${relative('', folder) || '.'}: addresses.json`);

for (const [name, sides] of Object.entries(results)) {
  for (const [one, { failed }] of Object.entries(sides)) {
    if (failed === null) continue;
    console.error(pc.red(`${name}, ${one}: ${failed}`));
    process.exitCode = 1;
  }
}
