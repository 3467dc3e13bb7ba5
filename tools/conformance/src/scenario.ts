import { describe, expect, it } from 'vitest';
import type { KnownDifference } from './known-differences.js';
import { knownDifference, major } from './known.js';
import { MEDIA, type Medium } from './medium.js';
import { record, recorded, recording } from './recorded.js';
import { differsInMemory, sameInMemory } from './in-memory.js';
import { builtin, inMemory, leaveForCompat, leftByBuiltin, net, RUNS, side } from './sides.js';
import { Stage, type Net } from './stage.js';

export type Run = (t: Stage) => Promise<void> | void;

export interface ScenarioOptions {
  /** What to run over; all that the machine has when not given. */
  media?: readonly Medium[];
  /** The first major whose builtin does this. Older ones are compared with what was recorded on a newer one. */
  since?: number;
  /** Milliseconds before a run counts as stuck: what it saw until then is compared. 4000 when not given. */
  patience?: number;
}

const STUCK = 'the scenario got stuck here';

/**
 * Something to do with a net. It runs on the builtin and on net-compat, each in a process of its own, over each medium; both
 * must observe the same. The titles of the tests say what was compared: tools/conformance/src/table counts by them.
 */
export function scenario(title: string, run: Run): void;
export function scenario(title: string, options: ScenarioOptions, run: Run): void;
export function scenario(title: string, second: ScenarioOptions | Run, third?: Run): void {
  const run = typeof second === 'function' ? second : third!;
  const options = typeof second === 'function' ? {} : second;
  const media = (options.media ?? MEDIA).filter((medium) => MEDIA.includes(medium));
  const isOnlyRecorded = options.since !== undefined && major < options.since;
  // Recorded was what happens on Linux, with its numbers of errors.
  if (inMemory && (isOnlyRecorded || differsInMemory(title))) return;
  if (isOnlyRecorded && (side === 'builtin' || process.platform !== 'linux')) return;
  if (media.length === 0) return;
  describe(title, () => {
    for (const medium of media) {
      if (side === 'builtin') {
        it(`over ${medium}, the builtin`, () => runBuiltin(title, medium, options, run));
        continue;
      }
      if (inMemory) {
        it(`over ${medium}, in memory`, async () => {
          expect(sameInMemory(await observe(net, medium, options, run), leftByBuiltin(keyOf(title, medium)))).toBe(null);
        });
        continue;
      }
      const known = knownDifference(title, medium);
      const wanted = (): string => (isOnlyRecorded ? fromRecord(title, medium, options) : leftByBuiltin(keyOf(title, medium)));
      const what = [isOnlyRecorded ? ', as recorded' : '', known ? ', known to differ' : ''].join('');
      it(`over ${medium}${what}`, () => runCompat(medium, options, run, wanted, known));
    }
  });
}

const keyOf = (title: string, medium: Medium): string => `${title} [${medium}]`;

async function runCompat(medium: Medium, options: ScenarioOptions, run: Run, wanted: () => string, known: KnownDifference | undefined): Promise<void> {
  let observed = await observe(net, medium, options, run);
  const seen = [wanted()];
  for (let i = 1; i < RUNS && known === undefined && !seen.includes(observed); i++) {
    seen.push(await observe(builtin, medium, options, run));
    observed = await observe(net, medium, options, run);
  }
  judge(observed, seen.includes(observed) ? observed : seen[0], known);
}

function judge(observed: string, wanted: string, known: KnownDifference | undefined): void {
  if (known === undefined) expect(observed).toBe(wanted);
  else expect(observed, `This is no longer different: remove it from known-differences.ts (${known.reason})`).not.toBe(wanted);
}

async function runBuiltin(title: string, medium: Medium, options: ScenarioOptions, run: Run): Promise<void> {
  const observed = await observe(builtin, medium, options, run);
  leaveForCompat(keyOf(title, medium), observed);
  if (observed.includes(STUCK)) throw new Error('The builtin got stuck: wait for something that it does');
  if (options.since === undefined) return;
  if (recording) record(title, medium, observed);
  else expect(observed, 'What was recorded is not what this Node does: record again with CONFORMANCE_RECORD=1').toBe(recorded(title, medium));
}

function fromRecord(title: string, medium: Medium, { since }: ScenarioOptions): string {
  const kept = recorded(title, medium);
  if (kept === undefined) throw new Error(`Nothing is recorded for "${title}" over ${medium}: run it on Node ${since} with CONFORMANCE_RECORD=1`);
  return kept;
}

/** One run. What it throws, and that it got stuck, is an observation like others. */
async function observe(of: Net, medium: Medium, { patience = 4000 }: ScenarioOptions, run: Run): Promise<string> {
  const stage = new Stage(of, medium);
  let timer: NodeJS.Timeout | undefined;
  const stuck = new Promise<'stuck'>((resolve) => {
    timer = setTimeout(resolve, patience, 'stuck');
  });
  try {
    const outcome = await Promise.race([Promise.resolve().then(() => run(stage)), stuck]);
    if (outcome === 'stuck') stage.log(STUCK);
  } catch (error) {
    stage.log('the scenario failed with', error);
  }
  clearTimeout(timer);
  const report = stage.report();
  await stage.clear();
  return report;
}
