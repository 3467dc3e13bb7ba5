import { explore, Random, simulate, type Scenario, type World } from '@netstrata/simulation';
import type { TimelineEntry } from '@netstrata/simulation';
import { MOST_EVENTS, type WorldOptions } from '../protocol.js';
import { modulesFor } from './modules.js';
import { native } from './runtime.js';
import { fail, load } from './program.js';
import { mute, say } from './say.js';

/** Milliseconds between two reports of what has happened. */
const OFTEN = 40;

async function scenarioOf(code: string): Promise<Scenario> {
  const { default: scenario } = await load(code, modulesFor({ isWorld: true }));
  if (typeof scenario !== 'function') throw new Error('A world runs the function that the module exports by default: export default async (world) => { ... }');
  return scenario as Scenario;
}

/** Tells of what happens in a world, while it happens. Call what it returns when the run is over. */
function follow(world: World): () => void {
  let told = world.timeline.dropped;
  const tell = (): void => {
    const entries: TimelineEntry[] = [];
    while (told < Math.min(world.timeline.count, MOST_EVENTS)) {
      const entry = world.timeline.at(told += 1);
      if (entry !== undefined) entries.push(entry);
    }
    const hosts = world.hosts.map(({ name, addresses, boot }) => ({ name, addresses, boots: boot !== null }));
    if (entries.length > 0) say({ type: 'events', hosts, entries });
  };
  const timer = native.setInterval(tell, OFTEN);
  return () => {
    clearInterval(timer);
    tell();
  };
}

/** So that a program which draws numbers does the same again with the same seed. */
function seedRandom(seed: number): void {
  const random = new Random(seed).fork('Math.random');
  Math.random = () => random.fraction();
}

export async function runWorld(code: string, options: WorldOptions): Promise<void> {
  seedRandom(options.seed);
  const scenario = await scenarioOf(code);
  const world = simulate(options);
  const stop = follow(world);
  await world.run(scenario).catch(fail);
  stop();
  const { timeline, now, hits, faults } = world;
  world.close();
  say({ type: 'ran', digest: timeline.digest, now, entries: timeline.count, hits, faults });
}

/** Many seeds, with faults that each of them draws, or with those that are given. Stops at the first that fails. */
export async function exploreWorlds(code: string, { seed, link, faults }: WorldOptions, runs: number): Promise<void> {
  mute(true);
  const scenario = await scenarioOf(code);
  let done = 0;
  const onRun = (world: World): void => {
    done += 1;
    seedRandom(Number(world.seed) + 1);
    if (done % 10 === 0) say({ type: 'progress', runs: done });
  };
  seedRandom(seed);
  try {
    const found = await explore(scenario, { runs, seed, world: { link, ...(faults.length > 0 && { faults }) }, onRun });
    say({ type: 'explored', runs: found.runs, faults: found.faults, hit: found.hit });
  } catch (error) {
    const { simulation } = error as { simulation?: WorldOptions };
    if (simulation === undefined) throw error;
    say({ type: 'found', seed: simulation.seed, faults: simulation.faults, runs: done });
    fail(error);
  }
}
