import { parseArgs } from 'node:util';
import { fuzz, showFailure } from './fuzz.js';

const { values } = parseArgs({
  options: { seconds: { type: 'string' }, programs: { type: 'string' }, seed: { type: 'string' }, failures: { type: 'string' } },
});

const started = Date.now();
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e6));
const outcome = await fuzz({
  seed,
  programs: values.programs === undefined ? undefined : Number(values.programs),
  seconds: values.seconds === undefined && values.programs === undefined ? 30 : values.seconds === undefined ? undefined : Number(values.seconds),
  failures: Number(values.failures ?? 9),
  onFailure: (failure) => {
    console.log(`${showFailure(failure)}\n`);
  },
});
const took = Math.round((Date.now() - started) / 1000);
console.log(`seed ${seed}: ${outcome.programs} programs in ${took} s, ${outcome.unstable} unstable, ${outcome.failures.length} different`);
process.exit(outcome.failures.length === 0 ? 0 : 1);
