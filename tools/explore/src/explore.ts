import { drawCase } from './draw.js';
import { showCase, type Case } from './program.js';
import { run, type Ran } from './run.js';
import { shrink } from './shrink.js';
import { catchingAll } from './uncaught.js';

export interface ExploreOptions {
  /** The first seed. */
  readonly seed: number;
  readonly worlds: number;
  /** The distance from one seed to the next: jobs share them so. */
  readonly stride?: number;
  /** Every so many worlds one is run twice, and must be the same; 20. */
  readonly again?: number;
  /** Goes on after this many failures; 0. */
  readonly failures?: number;
  readonly shrinks?: boolean;
  readonly onWorld?: (ran: Ran) => void;
  readonly onFailure?: (failure: Failure) => void;
}

interface Failure {
  readonly rule: string;
  readonly found: Case;
  readonly text: string;
}

export interface Totals {
  worlds: number;
  /** Of these, stopped because there was too much to do. */
  cut: number;
  events: number;
  again: number;
  readonly failures: Failure[];
}

/** So many worlds are run again when all others have been. */
const FIRSTS = 20;

/** Runs a world for each seed. */
export function explore(options: ExploreOptions): Promise<Totals> {
  const { seed, worlds, stride = 1, again = 20, failures = 0, shrinks = true, onWorld, onFailure } = options;
  return catchingAll(async () => {
    const totals: Totals = { worlds: 0, cut: 0, events: 0, again: 0, failures: [] };
    const firsts: { readonly found: Case; readonly ran: Ran }[] = [];
    const report = (failure: Failure): void => {
      totals.failures.push(failure);
      onFailure?.(failure);
    };
    for (let i = 0; i < worlds && totals.failures.length <= failures; i++) {
      const found = drawCase(seed + i * stride);
      const ran = await run(found);
      totals.worlds++;
      totals.events += ran.events;
      if (ran.isCut) totals.cut++;
      onWorld?.(ran);
      const failure = ran.violations.length > 0 ? await failureOf(found, ran, shrinks) : i % again === 0 ? await compare(found, ran, totals) : null;
      if (failure !== null) report(failure);
      else if (firsts.length < FIRSTS) firsts.push({ found, ran });
    }
    // Whatever has run meanwhile in this process: they are the same runs still.
    for (const { found, ran } of firsts) {
      const failure = await compare(found, ran, totals);
      if (failure !== null) report(failure);
    }
    return totals;
  });
}

/** The same run again. */
async function compare(found: Case, first: Ran, totals: Totals): Promise<Failure | null> {
  totals.again++;
  const second = await run(found);
  if (second.digest === first.digest) return null;
  return { rule: 'same again', found, text: `${showCase(found)}\n\nsame again: ${first.events} events end in ${first.digest}, then ${second.events} in ${second.digest}\n${JSON.stringify(found)}` };
}

async function failureOf(found: Case, ran: Ran, shrinks: boolean): Promise<Failure> {
  const { rule } = ran.violations[0];
  const small = shrinks ? await shrink(found, rule) : { smallest: found, ran };
  const broken = small.ran.violations.map((violation) => `${violation.rule}: ${violation.text}`).slice(0, 5);
  return { rule, found: small.smallest, text: [showCase(small.smallest), '', small.ran.timeline, '', ...broken, '', JSON.stringify(small.smallest)].join('\n') };
}
