import { play, type Played } from './play.js';
import { showCase } from './program.js';
import { run, type Ran } from './run.js';
import { catchingAll } from './uncaught.js';

export interface ExploreOptions {
  /** The first seed. */
  readonly seed: number;
  readonly worlds: number;
  /** The distance from one seed to the next, which divides the seeds among jobs. */
  readonly stride?: number;
  /** One of this many worlds is run twice, and must be the same; 20. */
  readonly again?: number;
  /** Continues up to this many failures; 0. */
  readonly failures?: number;
  readonly shrinks?: boolean;
  readonly onWorld?: (ran: Ran) => void;
  readonly onFailure?: (failure: string) => void;
}

export interface Totals {
  worlds: number;
  /** Of these, stopped because there were too many events. */
  cut: number;
  events: number;
  again: number;
  /** The text of each. */
  readonly failures: string[];
}

/** This many worlds are run again after all others. */
const FIRSTS = 20;

/** Runs a world for each seed. */
export function explore(options: ExploreOptions): Promise<Totals> {
  const { seed, worlds, stride = 1, again = 20, failures = 0, shrinks = true, onWorld, onFailure } = options;
  return catchingAll(async () => {
    const totals: Totals = { worlds: 0, cut: 0, events: 0, again: 0, failures: [] };
    const firsts: Played[] = [];
    const report = (failure: string): void => {
      totals.failures.push(failure);
      onFailure?.(failure);
    };
    for (let i = 0; i < worlds && totals.failures.length <= failures; i++) {
      const { first, smallest, path } = await play(seed + i * stride, shrinks);
      const { ran } = first;
      totals.worlds++;
      totals.events += ran.events;
      if (ran.isCut) totals.cut++;
      onWorld?.(ran);
      const failure = ran.violations.length > 0 ? show(smallest, path) : i % again === 0 ? await compare(first, totals) : null;
      if (failure !== null) report(failure);
      else if (firsts.length < FIRSTS) firsts.push(first);
    }
    // They must still be the same runs, whatever has run in this process meanwhile.
    for (const first of firsts) {
      const failure = await compare(first, totals);
      if (failure !== null) report(failure);
    }
    return totals;
  });
}

/** The same run again. */
async function compare({ found, ran: first }: Played, totals: Totals): Promise<string | null> {
  totals.again++;
  const second = await run(found);
  if (second.digest === first.digest) return null;
  return `${showCase(found)}\n\nsame again: ${first.events} events end in ${first.digest}, then ${second.events} in ${second.digest}\n${JSON.stringify(found)}`;
}

function show({ found, ran }: Played, path: string): string {
  const broken = ran.violations.map(({ rule, text }) => `${rule}: ${text}`).slice(0, 5);
  return [showCase(found, path), '', ran.timeline, '', ...broken, '', JSON.stringify(found)].join('\n');
}
