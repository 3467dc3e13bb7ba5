import { describe, expect, it } from 'vitest';
import { ImpatientStage } from './impatient-stage.js';
import { differsInMemory, sameInMemory } from './in-memory.js';
import type { KnownDifference } from './known-differences.js';
import { knownDifference, major } from './known.js';
import { MEDIA, type Medium } from './medium.js';
import { nullNets } from './null-nets.js';
import { observe, type Observation, type Run } from './observe.js';
import { record, recorded, recording } from './recorded.js';
import { emptiness, faultOf, judge, told } from './rules.js';
import { builtin, inMemory, leaveForCompat, leftByBuiltin, net, RUNS, side } from './sides.js';
import { Stage, type Net } from './stage.js';

export type { Run };

export interface ScenarioOptions {
  /** What to run over; all that the machine has when not given. */
  media?: readonly Medium[];
  /** The first major whose builtin does this. Older ones are compared with what was recorded on a newer one. */
  since?: number;
  /** Milliseconds before a run counts as stuck, which fails it. 4000 when not given. */
  patience?: number;
}

/** Turns of the loop after which a run without a net has seen all that it will: more than any scenario asks for. */
const TURNS = 1000;

/**
 * Something to do with a net. It runs on the builtin and on net-compat, each in a process of its own, over each medium; both
 * must observe the same. The titles of the tests say what was compared: packages/net-compat/scenarios/table counts by them.
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
  if (isOnlyRecorded && (side !== 'compat' || process.platform !== 'linux')) return;
  if (media.length === 0) return;
  describe(title, () => {
    for (const medium of media) {
      const left = (): string => leftByBuiltin(keyOf(title, medium));
      if (side === 'builtin') it(`over ${medium}, the builtin`, () => runBuiltin(title, medium, options, run));
      else if (side === 'none') it(`over ${medium}, without a net`, () => runWithout(medium, run, left));
      else if (inMemory) it(`over ${medium}, in memory`, () => runInMemory(medium, options, run, left));
      else {
        const known = knownDifference(title, medium);
        const wanted = isOnlyRecorded ? (): string => fromRecord(title, medium, options) : left;
        const what = [isOnlyRecorded ? ', as recorded' : '', known ? ', known to differ' : ''].join('');
        it(`over ${medium}${what}`, () => runCompat(medium, options, run, wanted, known));
      }
    }
  });
}

const keyOf = (title: string, medium: Medium): string => `${title} [${medium}]`;

function runOn(of: Net, medium: Medium, { patience = 4000 }: ScenarioOptions, run: Run): Promise<Observation> {
  return observe(new Stage(of, medium), { ms: patience }, run);
}

async function runCompat(medium: Medium, options: ScenarioOptions, run: Run, wanted: () => string, known: KnownDifference | undefined): Promise<void> {
  let ours = await runOn(net, medium, options, run);
  const seen = [wanted()];
  for (let i = 1; i < RUNS && known === undefined && !seen.includes(told(ours)); i++) {
    seen.push(told(await runOn(builtin, medium, options, run)));
    ours = await runOn(net, medium, options, run);
  }
  judge(ours, seen.includes(told(ours)) ? told(ours) : seen[0], known);
}

async function runInMemory(medium: Medium, options: ScenarioOptions, run: Run, left: () => string): Promise<void> {
  const { seen, failure } = await runOn(net, medium, options, run);
  expect(failure ?? sameInMemory(seen, left())).toBe(null);
}

/** What is seen where there is no net to see must be something else. */
async function runWithout(medium: Medium, run: Run, left: () => string): Promise<void> {
  for (const [name, without] of Object.entries(nullNets(builtin))) {
    expect(emptiness(await observe(new ImpatientStage(without, medium), { turns: TURNS }, run), left(), name)).toBe(null);
  }
}

async function runBuiltin(title: string, medium: Medium, options: ScenarioOptions, run: Run): Promise<void> {
  const observation = await runOn(builtin, medium, options, run);
  const observed = told(observation);
  leaveForCompat(keyOf(title, medium), observed);
  expect(faultOf(observation)).toBe(null);
  if (options.since === undefined) return;
  if (recording) record(title, medium, observed);
  else expect(observed, 'What was recorded is not what this Node does: record again with CONFORMANCE_RECORD=1').toBe(recorded(title, medium));
}

function fromRecord(title: string, medium: Medium, { since }: ScenarioOptions): string {
  const kept = recorded(title, medium);
  if (kept === undefined) throw new Error(`Nothing is recorded for "${title}" over ${medium}: run it on Node ${since} with CONFORMANCE_RECORD=1`);
  return kept;
}
