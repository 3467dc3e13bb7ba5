import { program } from 'commander';
import { fuzz, showFailure, tooUnstable, unstableShare } from './fuzz.js';

program
  .description('Random programs on node:net and on net-compat, compared; what differs is shrunk')
  .option('--seconds <n>', 'how long; 30 if no number of programs is given', Number)
  .option('--programs <n>', 'how many', Number)
  .option('--seed <n>', 'of the first round', Number, Math.floor(Math.random() * 1e6))
  .option('--failures <n>', 'goes on after so many', Number, 9);
program.parse();
const { seconds, programs, seed, failures } = program.opts<{ seconds?: number; programs?: number; seed: number; failures: number }>();

const started = Date.now();
const outcome = await fuzz({
  seed, programs, failures,
  seconds: seconds ?? (programs === undefined ? 30 : undefined),
  onFailure: (failure) => {
    console.log(`${showFailure(failure)}\n`);
  },
});
const took = Math.round((Date.now() - started) / 1000);
console.log(`seed ${seed}: ${outcome.programs} programs in ${took} s, ${unstableShare(outcome)}, ${outcome.failures.length} different`);
const wrong = tooUnstable(outcome);
if (wrong !== null) console.log(wrong);
process.exit(outcome.failures.length === 0 && wrong === null ? 0 : 1);
