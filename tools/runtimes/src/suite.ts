import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report, Result } from '@netstrata/report';
import { KNOWN, applyKnown, knownOf, type Place } from './known.js';
import { here } from './paths.js';
import { run } from './run.js';

export type Driver = 'default' | 'host';

/** One suite on one runtime. */
export interface SuiteRun {
  /** Where it ran, for people: `Node 24, --permission`. */
  readonly label: string;
  readonly suite: string;
  /** Its name in known.json and in reports, if that is not its file. */
  readonly name?: string;
  readonly driver: Driver;
  /** The staged packages; see stage.ts. */
  readonly stage: string;
  readonly file: string;
  /** The command before the name of the suite. */
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const suites = JSON.parse(readFileSync(join(here, 'suites.json'), 'utf8')) as Record<string, string[]>;

/** The suites that suites.json lists for a place. */
export function suitesOf(place: 'permission' | 'permission-newest' | 'bun' | 'deno' | 'host' | 'windows'): readonly string[] {
  return suites[place] ?? [];
}

/** The arguments that make Node's own test runner write results that `readResults` reads. */
export const NODE_ARGS = ['--test-reporter=./suites/reporter.mjs', '--test-reporter-destination=stdout'] as const;

type Line = Result | { done: true };

/**
 * The results that a suite wrote, and one more failure if it did not finish: a crash must not look like a short
 * list of passed tests.
 */
export function readResults(file: string, { code, output }: { code: number; output: string }): Result[] {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const lines = text.split('\n').filter(Boolean).flatMap((line): Line[] => {
    try {
      return [JSON.parse(line) as Line];
    } catch {
      return []; // the last line of a process that was killed
    }
  });
  const results = lines.filter((line): line is Result => 'status' in line);
  const complete = lines.some((line) => 'done' in line);
  const told = results.some(({ status }) => status === 'failed');
  const detail = `exit code ${code}\n${output.trim().slice(-2000)}`;
  if (!complete) results.push({ name: 'runs to its end', status: 'failed', detail });
  else if (code !== 0 && !told) results.push({ name: 'ends well', status: 'failed', detail });
  else if (results.length === 0) results.push({ name: 'has tests', status: 'failed', detail });
  return results;
}

let count = 0;

/** Runs a suite and adds its results to the report. */
export async function runSuite(report: Report, { label, suite, name = suite.replace('.mjs', ''), driver, stage, file, args, env }: SuiteRun): Promise<void> {
  const results = `results-${process.pid}-${(count += 1)}.jsonl`;
  const place = { label, suite: name, driver };
  const started = begin(place);
  const crashing = knownOf(KNOWN, place).filter(({ crashes }) => crashes);
  const outcome = await run(file, [...args, `suites/${suite}`], {
    cwd: stage,
    env: {
      NETSTRATA_RESULTS: results,
      NETSTRATA_SKIP: JSON.stringify(crashing.map(({ test }) => test)),
      ...(driver === 'host' ? { NETSTRATA_DRIVER: 'host' } : {}),
      ...env,
    },
  });
  addAll(report, place, readResults(join(stage, results), outcome), performance.now() - started);
}

const titleOf = ({ label, suite, driver }: Place) => `${label}${driver === 'host' ? ', host driver' : ''}: ${suite}`;

/** Prints what begins, so that a hanging suite is known. Returns the time. */
export function begin(place: Place): number {
  console.log(`  … ${titleOf(place)}`);
  return performance.now();
}

/** Adds the results of one run, considering known failures, and prints a line for it and one for every failure. */
export function addAll(report: Report, place: Place, found: readonly Result[], ms: number): void {
  const run = titleOf(place);
  const results = applyKnown(knownOf(KNOWN, place), found);
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { name, status, detail } of results) {
    counts[status] += 1;
    report.add(`${run} > ${name}`, status, detail);
  }
  const rest = [counts.failed > 0 ? `${counts.failed} failed` : '', counts.skipped > 0 ? `${counts.skipped} skipped` : ''].filter(Boolean);
  console.log(`  ${counts.failed > 0 ? '✗' : '✓'} ${run}: ${[`${counts.passed} passed`, ...rest].join(', ')} (${(ms / 1000).toFixed(1)} s)`);
  for (const { name, detail } of results.filter(({ status }) => status === 'failed')) {
    console.log(`      ✗ ${name}${detail ? `\n${detail.replace(/^/gm, '        ')}` : ''}`);
  }
}

/** A check of the job itself, printed at once. Returns whether it passed. */
export async function check(report: Report, name: string, run: () => readonly string[] | Promise<readonly string[]>): Promise<boolean> {
  const started = performance.now();
  await report.check(name, run);
  const { status, detail } = report.results.at(-1)!;
  console.log(`  ${status === 'passed' ? '✓' : '✗'} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  if (status === 'failed' && detail) console.log(detail.replace(/^/gm, '      '));
  return status === 'passed';
}

/** Reports that something was left out, and why. */
export function skip(report: Report, name: string, reason: string): void {
  report.add(name, 'skipped', reason);
  console.log(`  – ${name} (skipped: ${reason})`);
}
