import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { closingLine, readReport, sum } from '../report/report.mjs';
import { JOBS, REPORTS, jobsOf } from './jobs.mjs';
import { cleanups, root, run } from './process.mjs';
import { complete } from './records.mjs';
import { failures, skips, table } from './summary.mjs';

/** @typedef {import('./jobs.mjs').Job} Job */

/** A job must report everything that it does: its report must exist and have results, and the job must have ended with success, or say why not. */
export function resultsOf(job, code, output, file) {
  const failed = (detail) => ({ name: job.title, status: 'failed', detail });
  const last = output.slice(-30).join('\n');
  if (!job.reports) return [code === 0 ? { name: job.title, status: 'passed' } : failed(last)];
  let results = [];
  try {
    if (!existsSync(file)) return [failed(`it left no report: it did not run to its end\n${last}`)];
    results = readReport(file);
  } catch (error) {
    return [failed(String(error))];
  }
  if (results.length === 0) return [failed('no test ran')];
  if (code !== 0 && !results.some(({ status }) => status === 'failed')) results.push(failed(`it ended with exit code ${code}\n${last}`));
  return results.map((result) => (job.place ? { ...result, name: `${job.place} > ${result.name}` } : result));
}

/** The requested jobs and all that they need, in order. */
export function chosen(jobs, { only, all = false }) {
  const names = new Set();
  const add = (name) => {
    if (names.has(name)) return;
    names.add(name);
    jobs.find((job) => job.name === name).needs?.forEach(add);
  };
  const isOfGate = (job) => !job.check && (all || !job.all);
  for (const job of jobs) if (only ? only.includes(job.name) : isOfGate(job)) add(job.name);
  return jobs.filter(({ name }) => names.has(name));
}

/** When several jobs run at a time, each line begins with the name of its job. */
const sayAs = ({ name }, output) => (line) => {
  output.push(line);
  console.log(`${name.padEnd(18)}${line}`);
};

/** Most jobs keep two cores busy; on two cores, two jobs fill each other's pauses. */
const PLACES = Math.max(2, Math.floor(availableParallelism() / 2));

/**
 * Runs jobs, a limited number at a time, and each after those that it needs. Jobs that need a failed one are skipped; all others run.
 * @param {Job[]} jobs
 * @param {(job: Job) => Promise<import('@netstrata/report').Result[]>} take
 */
export async function schedule(jobs, take, places = PLACES) {
  const outcomes = new Map();
  const waiting = [...jobs];
  const running = new Set();
  /** A job that cannot run on this machine does not stop the jobs that need it: they report what they do without it. */
  const failed = (name) => outcomes.has(name) && !outcomes.get(name).job.skip && outcomes.get(name).results.some(({ status }) => status !== 'passed');
  const isChosen = (name) => jobs.some((job) => job.name === name);
  const isReady = ({ needs = [], after = [] }) => [...needs, ...after].every((name) => outcomes.has(name) || !isChosen(name));
  const begin = async (job) => {
    const started = performance.now();
    const lacking = job.needs?.find(failed);
    const skipped = job.skip ?? (lacking && `${lacking} has not passed`);
    const results = skipped ? [{ name: job.title, status: 'skipped', detail: skipped }] : await take(job);
    outcomes.set(job.name, { job, results, seconds: (performance.now() - started) / 1000 });
  };
  while (waiting.length > 0 || running.size > 0) {
    const busy = [...running].filter(({ job }) => !job.aside).length;
    const next = waiting.find((job) => isReady(job) && (job.aside || busy < places));
    if (next !== undefined) {
      waiting.splice(waiting.indexOf(next), 1);
      const entry = { job: next, done: null };
      entry.done = begin(next).finally(() => running.delete(entry));
      running.add(entry);
    } else {
      await Promise.race([...running].map(({ done }) => done));
    }
  }
  return jobs.map(({ name }) => outcomes.get(name));
}

/** How many tests each job ran when this was last written, in `npm test` and in `npm run test:all`, so that lost tests are noticed. */
const COUNTS = join(root, 'tools/gate/counts.json');
const kindOf = ({ all }) => (all ? 'test:all' : 'test');

/** A part of a job that could not run here is one result, with the reason; all other results are tests. */
const isPart = ({ name, status, detail }) => status === 'skipped' && detail !== undefined && !name.includes(' > ');

/** Jobs that ran fewer tests than last time. */
export function fewer(outcomes, counts) {
  return outcomes.flatMap(({ job, results }) => {
    const ran = results.length;
    const before = counts[job.name] ?? 0;
    return job.reports && !job.skip && !results.some(isPart) && ran < before ? [{ name: `${job.title}: no fewer tests than before`, status: 'failed', detail: `${ran} ran, where it were ${before}. If that is meant, run it with --write-counts` }] : [];
  });
}

/** Writes how many tests each job ran, for later runs to compare with. */
function writeCounts(outcomes, kind) {
  const before = JSON.parse(readFileSync(COUNTS, 'utf8'));
  const now = outcomes.filter(({ job, results }) => job.reports && !results.some(isPart)).map(({ job, results }) => [job.name, results.length]);
  writeFileSync(COUNTS, `${JSON.stringify({ ...before, [kind]: { ...before[kind], ...Object.fromEntries(now) } }, null, 2)}\n`);
}

/** Runs jobs, whose lines are printed as they come. @param {Job[]} jobs @param {string} folder for reports @param {{ all?: boolean }} [options] */
async function runAll(jobs, folder, { all = false } = {}) {
  // Only results of this run may be counted.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const stage = realpathSync(mkdtempSync(join(tmpdir(), 'netstrata-stage-')));
  const clean = () => rmSync(stage, { recursive: true, force: true });
  cleanups.add(clean);
  const isBuilt = jobs.some(({ name }) => name === 'build');
  const env = { NETSTRATA_REPORTS: folder, NETSTRATA_STAGE: stage, NETSTRATA_QUICK: all ? '' : '1', ...(isBuilt && { NETSTRATA_BUILT: '1' }) };
  try {
    return await schedule(jobs, async (job) => {
      console.log(`── ${job.title} (${job.name})`);
      const output = [];
      const command = job.command.map((part) => part.replace(REPORTS, folder));
      const added = Object.fromEntries(Object.entries(job.env ?? {}).map(([name, value]) => [name, value.replace(REPORTS, folder)]));
      const code = await run(command, { env: { ...env, ...added }, say: sayAs(job, output) });
      const results = resultsOf(job, code, output, join(folder, `${job.name}.json`));
      if (added.NETSTRATA_RECORDS && results.every(({ status }) => status !== 'failed')) complete(added.NETSTRATA_RECORDS);
      return results;
    });
  } finally {
    clean();
    cleanups.delete(clean);
  }
}

/** Prints the results of jobs. Returns the exit code. */
function conclude(outcomes) {
  const totals = sum(outcomes.flatMap(({ results }) => results));
  const notes = [...outcomes.flatMap(skips), ...outcomes.flatMap(failures)];
  console.log(['', table(outcomes), '', ...notes, ...(notes.length > 0 ? [''] : []), closingLine(totals)].join('\n'));
  return totals.failed === 0 && totals.passed > 0 ? 0 : 1;
}

/**
 * The gate, or some of its jobs.
 * @param {{ only?: string[], all?: boolean, writeCounts?: boolean }} options
 * @returns {Promise<number>} the exit code
 */
export async function gate(options) {
  const outcomes = await runAll(chosen(JOBS, options), join(root, 'reports'), options);
  if (options.writeCounts) writeCounts(outcomes, kindOf(options));
  // Other machines may have less to test: no IPv6, no wine. Other systems have: they were counted on Linux.
  else if (process.env.CI && process.platform === 'linux') outcomes.push({ job: { title: 'numbers of tests' }, results: fewer(outcomes, JSON.parse(readFileSync(COUNTS, 'utf8'))[kindOf(options)] ?? {}), seconds: 0 });
  return conclude(outcomes);
}

/** The checks for work on one package, all at once. */
export async function one(name, options) {
  // May run beside `npm test`.
  const outcomes = await runAll(jobsOf(name, options), join(root, 'node_modules/.cache/one'));
  return conclude(outcomes);
}
