// npm run bench:growth -- [curves...] [--runtime PATH] [--rounds N] [--most N] [--out FOLDER]
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Argument, Option, program } from 'commander';
import pc from 'picocolors';
import { endOnSignals } from '../cleanup.mjs';
import { cores as coresOf } from '../measure/cores.mjs';
import { affordable } from '../measure/idle.mjs';
import { count } from '../options.mjs';
import { root } from '../paths.mjs';
import { progress } from '../progress.mjs';
import { machine } from '../report/report.mjs';
import { builtin, moduleOf, netstrata, outdated, version } from '../sides.mjs';
import { curves } from './curves.mjs';
import { merged } from './report.mjs';
import { pointsOf, sizesOf } from './run.mjs';
import { table } from './table.mjs';

const MOST = 1_000_000;

program
  .name('bench:growth')
  .description('What one more costs when there are many: net-compat against node:net, in turn, each in fresh processes. Needs a build.')
  .addArgument(new Argument('[curves...]', 'which; all if none is named').choices(Object.keys(curves)).default(Object.keys(curves), 'all'))
  .option('--runtime <path>', 'the Node binary that is measured', process.execPath)
  .option('--rounds <n>', 'how often each side is measured', count, 3)
  .option('--most <n>', 'no size above this', count, MOST)
  .addOption(
    new Option('--out <folder>', 'where figures and charts go, beside those of other Nodes')
      .default(join(root, 'reports/bench'), 'reports/bench'),
  );
program.parse();

const { runtime, rounds, most, out } = program.opts();
const names = /** @type {string[]} */ (program.processedArgs[0]);
const sides = [builtin(runtime), netstrata('netstrata', runtime, root)];
let measured = '';
try {
  measured = version(sides[0]);
  moduleOf(sides[1], '@netstrata/net-compat');
} catch (error) {
  program.error(/** @type {Error} */ (error).message);
}

endOnSignals();
const old = outdated(root);
if (old.length) console.error(`Changed since they were built: ${old.join(', ')}. To build them: npm run build`);
const cores = coresOf();
if (!cores) console.error('The two processes are not kept on cores of their own: that needs Linux, taskset and two cores.');
const limitOf = (/** @type {string} */ name) => (name === 'connections' || name === 'listeners' ? Math.min(most, affordable(most)) : most);
const sizes = Object.fromEntries(names.map((name) => [name, sizesOf(name, limitOf(name))]));

const bar = progress(names.reduce((sum, name) => sum + sizes[name].length * sides.length * rounds, 0));
/** @type {import('./report.mjs').Run} */
const run = { date: new Date().toISOString(), runtime: measured, machine: machine(), rounds, curves: {} };
for (const name of names) {
  const starting = (/** @type {number} */ size, /** @type {number} */ round, /** @type {string} */ side) => {
    bar.step(`${name} ${size}, round ${round + 1} of ${rounds}, ${side}`);
  };
  run.curves[name] = await pointsOf(sides, name, sizes[name], rounds, cores, starting);
}
bar.stop();

const folder = resolve(out);
const file = join(folder, 'growth.json');
mkdirSync(folder, { recursive: true });
const report = merged(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null, run);
writeFileSync(file, `${JSON.stringify(report, null, 1)}\n`);
console.log(`Node ${measured}, medians of ${rounds} rounds, ${run.machine.cpu}; growth: 0 is flat, 1 in proportion`);
for (const name of names) console.log(table(report, name, measured));

// Vega is large, and --help does not need it.
const { chart } = await import('./chart.mjs');
for (const name of names) writeFileSync(join(folder, `growth-${name}.svg`), await chart(report, name));
console.log(`${relative('', folder) || '.'}: growth.json, ${names.map((name) => `growth-${name}.svg`).join(', ')}`);

for (const [name, points] of Object.entries(run.curves)) {
  for (const { size, sides: all } of points) {
    for (const [side, { failed }] of Object.entries(all)) {
      if (failed === null) continue;
      console.error(pc.red(`${name} ${size}, ${side}: ${failed}`));
      process.exitCode = 1;
    }
  }
}
