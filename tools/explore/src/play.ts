import fc from 'fast-check';
import { cases } from './draw.js';
import type { Case } from './program.js';
import { run, type Ran } from './run.js';

export interface Played {
  readonly found: Case;
  readonly ran: Ran;
}

/** Shrinking ends after this many milliseconds. */
const LONGEST = 15_000;
/** Reports a broken rule to fast-check; anything else that is thrown is a bug of this tool. */
const BROKEN = new Error('a rule is broken');

/** Runs the world of a seed. If it breaks a rule, returns also the smallest case found that breaks the same one. */
export async function play(seed: number, shrinks: boolean, runs: (found: Case) => Promise<Ran> = run): Promise<{ readonly first: Played; readonly smallest: Played; readonly path: string }> {
  const until = performance.now() + LONGEST;
  const kept: Played[] = [];
  const property = fc.asyncProperty(cases, async (drawn) => {
    if (kept.length > 0 && performance.now() > until) return;
    const found = { seed, ...drawn };
    const ran = await runs(found);
    const rule = ran.violations.at(0)?.rule;
    // A case that breaks another rule does not count.
    if (kept.length > 0 && rule !== kept[0].ran.violations[0].rule) return;
    kept.push({ found, ran });
    if (rule !== undefined) throw BROKEN;
  });
  const { errorInstance, counterexamplePath } = await fc.check(property, { seed, numRuns: 1, endOnFailure: !shrinks, plugins: [fc.unbiased(), fc.ignoreEqualValues()] });
  if (errorInstance != null && errorInstance !== BROKEN) throw errorInstance as Error;
  return { first: kept[0], smallest: kept.at(-1)!, path: counterexamplePath ?? '' };
}
