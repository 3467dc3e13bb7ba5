import fc from 'fast-check';
import { compare, type Verdict } from './compare.js';
import { showProgram, type Program } from './program.js';
import { program } from './programs.js';
import { catchingAll } from './uncaught.js';

export interface FuzzOptions {
  readonly seed: number;
  /** Stops after this many programs or seconds, whichever comes first. */
  readonly programs?: number;
  readonly seconds?: number;
  /** Continues up to this many failures; 0 when not given. */
  readonly failures?: number;
  readonly onFailure?: (failure: Failure) => void;
  /** Judges a program; by default it runs on both nets. */
  readonly judge?: (program: Program) => Promise<Verdict>;
}

export interface Failure {
  readonly seed: number;
  readonly path: string;
  readonly program: Program;
  readonly builtin: string;
  readonly ours: string;
}

export interface Outcome {
  programs: number;
  unstable: number;
  readonly failures: Failure[];
}

/** The largest share of programs that may be unstable, as they show nothing. Three times what was measured (see the README). */
const MOST_UNSTABLE = 0.15;
/** In a short run this many may be unstable, whatever their share. */
const FEW = 5;

/** Programs in one round: a failure shrinks, and the next round goes on with another seed. */
const ROUND = 500;

/** Runs random programs, the same ones for the same seed. */
export function fuzz({ seed, programs = Infinity, seconds = Infinity, failures = 0, onFailure, judge = compare }: FuzzOptions): Promise<Outcome> {
  return catchingAll(async () => {
    const outcome: Outcome = { programs: 0, unstable: 0, failures: [] };
    const until = Date.now() + seconds * 1000;
    for (let round = seed; outcome.programs < programs && Date.now() < until; round++) {
      const failure = await play(round, Math.min(ROUND, programs - outcome.programs), until, outcome, judge);
      if (failure === null) continue;
      outcome.failures.push(failure);
      onFailure?.(failure);
      if (outcome.failures.length > failures) break;
    }
    return outcome;
  });
}

async function play(seed: number, count: number, until: number, outcome: Outcome, judge: (program: Program) => Promise<Verdict>): Promise<Failure | null> {
  let shrinking = false;
  let last: { program: Program; builtin: string; ours: string } | null = null;
  const property = fc.asyncProperty(program, async (candidate) => {
    if (!shrinking && Date.now() > until) return true;
    const verdict = await judge(candidate);
    if (!shrinking) outcome.programs++;
    if (verdict.kind === 'unstable' && !shrinking) outcome.unstable++;
    if (verdict.kind !== 'different') return true;
    shrinking = true;
    last = { program: candidate, builtin: verdict.builtin, ours: verdict.ours };
    return false;
  });
  const details = await fc.check(property, { seed, numRuns: count, endOnFailure: false });
  return last === null || !details.failed ? null : { ...(last as { program: Program; builtin: string; ours: string }), seed, path: details.counterexamplePath ?? '' };
}

export function unstableShare({ programs, unstable }: Outcome): string {
  return `${unstable} unstable (${((100 * unstable) / Math.max(1, programs)).toFixed(1)} %)`;
}

/** The problem when too many programs are unstable. */
export function tooUnstable(outcome: Outcome): string | null {
  if (outcome.unstable <= Math.max(FEW, MOST_UNSTABLE * outcome.programs)) return null;
  return `${unstableShare(outcome)} of ${outcome.programs} programs, and no more than ${100 * MOST_UNSTABLE} % may be: they pass whatever net-compat does, so this run has shown too little`;
}

export function showFailure({ program: failing, builtin, ours, seed, path }: Failure): string {
  return [`--- seed ${seed}, path ${path}`, showProgram(failing), '', JSON.stringify(failing), '', difference(builtin, ours)].join('\n');
}

/** The lanes that differ, separately: the builtin's lines with a minus, ours with a plus. */
function difference(builtin: string, ours: string): string {
  const theirs = lanesOf(builtin);
  const own = lanesOf(ours);
  const shown: string[] = [];
  for (const lane of new Set([...theirs.keys(), ...own.keys()])) {
    const wanted = theirs.get(lane) ?? [];
    const got = own.get(lane) ?? [];
    if (wanted.join('\n') === got.join('\n')) continue;
    let same = 0;
    while (same < wanted.length && wanted[same] === got[same]) same++;
    let tail = 0;
    while (tail < Math.min(wanted.length, got.length) - same && wanted[wanted.length - 1 - tail] === got[got.length - 1 - tail]) tail++;
    shown.push(lane, ...wanted.slice(0, same).map((line) => ` ${line}`));
    shown.push(...wanted.slice(same, wanted.length - tail).map((line) => `-${line}`), ...got.slice(same, got.length - tail).map((line) => `+${line}`));
    shown.push(...wanted.slice(wanted.length - tail).map((line) => ` ${line}`));
  }
  return shown.join('\n');
}

function lanesOf(report: string): Map<string, string[]> {
  const lanes = new Map<string, string[]>();
  let lines: string[] = [];
  for (const line of report.split('\n')) {
    if (line.startsWith(' ')) lines.push(line);
    else lanes.set(line, (lines = []));
  }
  return lanes;
}
