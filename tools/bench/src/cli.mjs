// npm run bench -- [cases...] [--runtime PATH] [--rounds N] [--seconds S] [--medium tcp|ipc]
import { execFileSync } from 'node:child_process';
import Table from 'cli-table3';
import { InvalidArgumentError, program } from 'commander';
import pc from 'picocolors';
import { cases, implementations } from './cases.mjs';
import { measure, median } from './measure.mjs';

const positive = (/** @type {string} */ text) => {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('a number above 0, please');
  return value;
};

program
  .description('Measures net-compat against node:net: both in turn, each in fresh processes, medians of the rounds.')
  .argument('[cases...]', `which: ${Object.keys(cases).join(', ')}`, Object.keys(cases))
  .option('--runtime <path>', 'the Node binary that runs the servers', process.execPath)
  .option('--rounds <n>', 'how often each side is measured', positive, 5)
  .option('--seconds <s>', 'how long one measurement lasts', positive, 1.5)
  .option('--medium <name>', 'tcp or ipc', 'tcp');
program.parse();

const options = program.opts();
const names = program.processedArgs[0];
for (const name of names) if (!cases[name]) program.error(`no case ${name}; there are ${Object.keys(cases).join(', ')}`);
if (!['tcp', 'ipc'].includes(options.medium)) program.error('the medium is tcp or ipc');

const version = execFileSync(options.runtime, ['--version'], { encoding: 'utf8' }).trim();
const table = new Table({
  head: ['case', ...Object.keys(implementations), 'ratio'],
  colAligns: ['left', 'right', 'right', 'right'],
  style: { head: [], border: [] },
});

for (const name of names) {
  /** @type {Record<string, Awaited<ReturnType<typeof measure>>[]>} */
  const results = Object.fromEntries(Object.keys(implementations).map((side) => [side, []]));
  for (let round = 0; round < options.rounds; round++) {
    // The order changes with every round, so that neither side has the warmer machine.
    const sides = Object.entries(implementations);
    if (round % 2) sides.reverse();
    for (const [side, moduleName] of sides) {
      process.stderr.write(pc.dim(`${name}: round ${round + 1} of ${options.rounds}, ${side}\n`));
      results[side].push(await measure(moduleName, name, options));
    }
  }
  const [theirs, ours] = Object.values(results).map((rounds) => median(rounds.map((result) => result.perOperation)));
  const { unit } = Object.values(results)[0][0];
  const shown = (/** @type {number} */ value) => `${value < 1 ? value.toFixed(4) : value.toFixed(unit === 'B' ? 0 : 2)} ${unit}`;
  table.push([`${cases[name].title} (a ${cases[name].operation})`, shown(theirs), shown(ours), `${(theirs / ours).toFixed(2)}x`]);
}

console.log(`${version}, ${options.medium}, ${options.rounds} rounds of ${options.seconds} s. CPU time of the server, or its memory, for one operation; less is better, ratio above 1 is faster.`);
console.log(table.toString());
process.exit();
