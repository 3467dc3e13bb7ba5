// npm run bench -- [cases...] [--only-node] [--runtime PATH] [--rounds N] [--scale N] [--seconds S] [--medium tcp|ipc] [--out FOLDER]
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Option, program } from 'commander';
import pc from 'picocolors';
import { endOnSignals } from './cleanup.mjs';
import { caseNames, settingsOf, withOptions } from './options.mjs';
import { root } from './paths.mjs';
import { progress } from './progress.mjs';
import { caseReport, machine } from './report/report.mjs';
import { legend, table } from './report/table.mjs';
import { measureAll, takesPart } from './rounds.mjs';
import { builtin, moduleOf, nameOf, netstrata, otherRuntimes, version } from './sides.mjs';

withOptions(program, 5)
  .description('Measures net-compat against node:net: in turn, each in fresh processes, medians of the rounds. Needs a build.')
  .addArgument(caseNames)
  .option('--only-node', 'leave out Bun and Deno')
  .addOption(new Option('--out <folder>', 'where the chart and the figures go').default(join(root, 'reports/bench'), 'reports/bench'));
program.parse();

const options = program.opts();
const names = /** @type {string[]} */ (program.processedArgs[0]);
const others = options.onlyNode ? { sides: [], missing: [] } : otherRuntimes();
const base = builtin(options.runtime);
const ours = netstrata('netstrata', options.runtime, root);
const sides = [base, ours, ...others.sides];

/** @type {Record<string, string>} */
let versions = {};
try {
  versions = Object.fromEntries(sides.map((side) => [side.name, version(side).replace(/^\D* /, '')]));
  moduleOf(ours, '@netstrata/net-compat');
} catch (error) {
  program.error(/** @type {Error} */ (error).message);
}

endOnSignals();
const { settings, notes } = settingsOf(/** @type {any} */ (options), names);
notes.push(...others.missing);
for (const note of notes) console.error(note);

const bar = progress(names.reduce((sum, name) => sum + sides.filter((side) => takesPart(side, name)).length * options.rounds, 0));
const results = await measureAll(sides, names, options.rounds, settings, (name, round, side) => bar.step(`${name}, round ${round + 1} of ${options.rounds}, ${side}`));
bar.stop();

/** @type {import('./report/report.mjs').Report} */
const report = {
  date: new Date().toISOString(),
  program: nameOf(options.runtime),
  runtime: versions[base.name],
  implementations: versions,
  machine: machine(),
  settings: { medium: options.medium, rounds: options.rounds, scale: options.scale, seconds: options.seconds, load: settings.generator.name, pinned: settings.cores !== null },
  notes,
  cases: names.map((name) => caseReport(name, results[name], base.name)),
};

console.log(`${report.program} ${report.runtime}, ${options.medium}, ${options.rounds} rounds, ${report.machine.cpu}`);
console.log(table(report.cases, base.name));
console.log(legend.join('\n'));

const folder = resolve(options.out);
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'bench.json'), `${JSON.stringify(report, null, 2)}\n`);
// Vega is large, and --help does not need it.
const { chart } = await import('./report/chart.mjs');
writeFileSync(join(folder, 'bench.svg'), await chart(report));
console.log(`${relative('', folder) || '.'}: bench.svg, bench.json`);

for (const { name, sides: all } of report.cases) {
  for (const [side, { failed }] of Object.entries(all)) {
    if (failed === null) continue;
    console.error(pc.red(`${name}, ${side}: ${failed}`));
    // It is no failure of ours if another runtime cannot do something.
    if (side === base.name || side === ours.name) process.exitCode = 1;
  }
}
