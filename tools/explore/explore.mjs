#!/usr/bin/env node
// `npm run explore -- --worlds 100000 --seed 1 --jobs 2`: bundles this with the sources of the packages, and runs it in that many processes.
import { fork } from 'node:child_process';
import { withBundle } from '@netstrata/config/bundle';
import { SingleBar } from 'cli-progress';
import { Command } from 'commander';

const { worlds, seed, jobs, failures, shrink, case: file } = new Command()
  .option('--worlds <number>', 'how many worlds', Number, 1000)
  .option('--seed <number>', 'that of the first; the others count up', Number, Math.floor(Math.random() * 1e6))
  .option('--jobs <number>', 'processes', Number, 1)
  .option('--failures <number>', 'goes on after so many in each process', Number, 0)
  .option('--no-shrink', 'shows failures as they were found')
  .option('--case <file>', 'runs one case instead: the line of JSON that a failure ends with')
  .parse().opts();

/** One job: it prints its totals last. */
function run(outfile, args, onWorld) {
  return new Promise((resolve, reject) => {
    const child = fork(outfile, args, { execArgv: ['--enable-source-maps', ...process.execArgv] });
    let totals = null;
    child.on('message', (message) => {
      if (message.totals !== undefined) totals = message.totals;
      else onWorld(message.worlds);
    });
    child.on('error', reject);
    child.on('exit', (code) => { resolve({ code: code ?? 1, totals }); });
  });
}

/** A bar on a terminal, otherwise nothing. */
function progress(total) {
  if (!process.stderr.isTTY) return { add() {}, stop() {} };
  const bar = new SingleBar({ format: '{bar} {value}/{total} worlds, {eta_formatted} to go', clearOnComplete: true, hideCursor: true, etaBuffer: 50 });
  bar.start(total, 0);
  return { add: (count) => { bar.increment(count); }, stop: () => { bar.stop(); } };
}

await withBundle(new URL('src/job.ts', import.meta.url), async (outfile) => {
  if (file !== undefined) {
    process.exitCode = (await run(outfile, [JSON.stringify({ file })], () => {})).code;
  } else {
    const started = Date.now();
    const bar = progress(worlds);
    const share = (job) => Math.floor((worlds + jobs - 1 - job) / jobs);
    const outcomes = await Promise.all(Array.from({ length: jobs }, (_, job) =>
      run(outfile, [JSON.stringify({ seed: seed + job, worlds: share(job), stride: jobs, failures, shrinks: shrink })], bar.add)));
    bar.stop();
    const sum = (key) => outcomes.reduce((total, { totals }) => total + (totals?.[key] ?? 0), 0);
    const seconds = Math.max(1, Math.round((Date.now() - started) / 1000));
    const done = sum('worlds');
    console.log(`seed ${seed}: ${done} worlds in ${seconds} s (${Math.round(done / seconds)}/s), ${sum('events')} events, ${sum('again')} run twice, ${sum('cut')} cut short, ${sum('failures')} failures`);
    process.exitCode = outcomes.some(({ code }) => code !== 0) || done < worlds ? 1 : 0;
  }
});
