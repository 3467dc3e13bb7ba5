// npm run bench:compare -- BASE [cases...] [--fail-below RATIO] [--runtime PATH] [--rounds N] [--scale N] [--seconds S] [--medium tcp|ipc]
import { program } from 'commander';
import pc from 'picocolors';
import { cases } from './cases.mjs';
import { endOnSignals } from './cleanup.mjs';
import { judge } from './compare/judge.mjs';
import { build, checkOut, commitOf, hasSamePackages, install } from './compare/revision.mjs';
import { comparison } from './compare/table.mjs';
import { caseNames, positive, settingsOf, withOptions } from './options.mjs';
import { root } from './paths.mjs';
import { progress } from './progress.mjs';
import { measureAll } from './rounds.mjs';
import { moduleOf, netstrata, version } from './sides.mjs';

withOptions(program, 7)
  .description('Measures the net-compat of a revision against that of the working tree, in turn, and says what has changed beyond the spread. Needs a build of the working tree.')
  .argument('<base>', 'a git revision')
  .addArgument(caseNames)
  .option('--fail-below <ratio>', 'end with 1 when the working tree is worse than this in a case', positive);
program.parse();

const options = program.opts();
const [revision, names] = /** @type {[string, string[]]} */ (program.processedArgs);
const commit = commitOf(revision) ?? program.error(`no revision ${revision}`);

/** @param {string} what */
const say = (what) => void process.stderr.write(pc.dim(`${what}\n`));

if (hasSamePackages(commit)) {
  console.log(`The packages of ${revision} are those of the working tree: there is nothing to compare.`);
} else {
  try {
    await compare(commit);
  } catch (error) {
    program.error(/** @type {Error} */ (error).message);
  }
}

/** Both sides. Only the revision is built here: somebody may be working in the working tree. @param {string} commit */
async function sides(commit) {
  const head = netstrata('head', options.runtime, root);
  moduleOf(head, '@netstrata/net-compat');
  say(`checking out ${revision}`);
  const tree = checkOut(commit);
  say('installing what it takes');
  await install(tree);
  say('building it');
  await build(tree);
  return [netstrata('base', options.runtime, tree), head];
}

/** @param {string} commit */
async function compare(commit) {
  endOnSignals();
  const { settings, notes } = settingsOf(/** @type {any} */ (options), names);
  for (const note of notes) console.error(note);
  const both = await sides(commit);
  const bar = progress(names.length * both.length * options.rounds);
  const results = await measureAll(both, names, options.rounds, settings, (name, round, side) => bar.step(`${name}, round ${round + 1} of ${options.rounds}, ${side}`));
  bar.stop();

  const rows = names.map((name) => {
    const { base, head } = results[name];
    return { name, base, head, judgements: base.failed === null && head.failed === null ? judge(cases[name].kind, base.rounds, head.rounds) : null };
  });
  console.log(`Node ${version(both[0])}, ${options.medium}, ${options.rounds} rounds; base is ${revision}, ${commit.slice(0, 12)}`);
  console.log(comparison(rows, revision));
  console.log('The ratio is the median of the rounds, above 1 the working tree is better. Spread: the lowest and the highest of the rounds.');
  finish(rows);
}

/** @param {import('./compare/table.mjs').Row[]} rows */
function finish(rows) {
  for (const { name, base, head, judgements } of rows) {
    for (const { failed } of [base, head]) if (failed !== null) console.error(pc.red(`${name}: ${failed}`));
    if (judgements === null) process.exitCode = 1;
    else if (judgements[0].median < (options.failBelow ?? 0)) {
      console.error(pc.red(`${name}: ${judgements[0].median.toFixed(3)} is below ${options.failBelow}`));
      process.exitCode = 1;
    }
  }
}
