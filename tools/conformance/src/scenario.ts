import * as nodeNet from 'node:net';
import * as compat from '@netstrata/net-compat';
import { describe, expect, it } from 'vitest';
import { KNOWN_DIFFERENCES, type KnownDifference } from './known-differences.js';
import { MEDIA, type Medium } from './medium.js';
import { record, recorded, recording } from './recorded.js';
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
const major = Number.parseInt(process.versions.node, 10);
const driver = process.env['NETSTRATA_DRIVER'] === 'host' ? 'host' : 'libuv';

/** Something to do with a net. It runs on the builtin and on net-compat, over each medium; both must observe the same. */
export function scenario(title: string, run: Run): void;
export function scenario(title: string, options: ScenarioOptions, run: Run): void;
export function scenario(title: string, second: ScenarioOptions | Run, third?: Run): void {
  const run = typeof second === 'function' ? second : third!;
  const options = typeof second === 'function' ? {} : second;
  describe(title, () => {
    for (const medium of options.media ?? MEDIA) {
      if (!MEDIA.includes(medium)) continue;
      it(`over ${medium}`, () => compare(title, medium, options, run));
    }
  });
}

async function compare(title: string, medium: Medium, options: ScenarioOptions, run: Run): Promise<void> {
  const patience = options.patience ?? 4000;
  const wanted = await expectation(title, medium, options, run, patience);
  const observed = await observe(compat as unknown as Net, medium, run, patience);
  const known = KNOWN_DIFFERENCES.find((entry) => entry.scenario === title && applies(entry, medium));
  if (known === undefined) expect(observed).toBe(wanted);
  else expect(observed, `This is no longer different: remove it from known-differences.ts (${known.reason})`).not.toBe(wanted);
}

async function expectation(title: string, medium: Medium, { since }: ScenarioOptions, run: Run, patience: number): Promise<string> {
  const kept = recorded(title, medium);
  if (since !== undefined && major < since) {
    if (kept === undefined) throw new Error(`Nothing is recorded for "${title}" over ${medium}: run it on Node ${since} with CONFORMANCE_RECORD=1`);
    return kept;
  }
  const observed = await observe(nodeNet, medium, run, patience);
  expect(observed, 'The builtin got stuck: wait for something that it does').not.toContain(STUCK);
  if (since !== undefined && recording) record(title, medium, observed);
  else if (since !== undefined) expect(observed, 'What was recorded is not what this Node does: record again with CONFORMANCE_RECORD=1').toBe(kept);
  return observed;
}

function applies({ media, driver: of, nodes, platform }: KnownDifference, medium: Medium): boolean {
  return (media?.includes(medium) ?? true) && (of ?? driver) === driver && (nodes?.includes(major) ?? true) && (platform ?? process.platform) === process.platform;
}

/** One run. What it throws, and that it got stuck, is an observation like others. */
async function observe(net: Net, medium: Medium, run: Run, patience: number): Promise<string> {
  const stage = new Stage(net, medium);
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
