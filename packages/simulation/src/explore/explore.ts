import { optionOf, optionsOf } from '@netstrata/stream-core';
import { Random } from '@netstrata/transport-memory';
import { checkWhole } from '../base/check.js';
import type { Fault } from '../faults/fault.js';
import type { Chaos } from '../faults/draw.js';
import { shrinkList } from './shrink.js';
import type { SimulateOptions } from '../world/simulate-options.js';
import { simulate, type Scenario, type World } from '../world/world.js';

export interface ExploreOptions {
  /** How many worlds; 100. */
  readonly runs?: number | undefined;
  /** The first seed; the others follow from it, counting up. 1 when not given. */
  readonly seed?: number | undefined;
  /** What the worlds are like: the same for all, or drawn for each. `explore` chooses their seed, and faults that are not given here. */
  readonly world?: SimulateOptions | ((random: Random) => SimulateOptions) | undefined;
  /**
   * What goes wrong in them. When `within` is not given, faults begin within the time that the scenario takes when nothing goes wrong: one
   * run finds out.
   */
  readonly faults?: Chaos | undefined;
  /** How many runs may be spent on making the faults of a failing one fewer; 200. */
  readonly shrink?: number | undefined;
  /** After each run. */
  readonly onRun?: ((world: World) => void) | undefined;
}

export interface Explored {
  readonly runs: number;
  readonly events: number;
  /** How many faults happened in all of them, and in how many runs one did. */
  readonly faults: number;
  readonly hit: number;
}

/** What `explore` throws is the error of the smallest failing run, with this as `simulation`. `simulate(found)` makes that world again. */
export interface Found extends SimulateOptions {
  readonly seed: number;
  readonly faults: readonly Fault[];
}

/**
 * Runs a scenario in many worlds. The first that fails is run again with fewer and shorter faults as long as it fails in the same way, and
 * the error of the smallest is thrown: it says the seed, the faults that are left, and the timeline.
 */
export async function explore(scenario: Scenario, given?: ExploreOptions): Promise<Explored> {
  const options = optionsOf(given, ['runs', 'seed', 'world', 'faults', 'shrink', 'onRun']);
  const { runs = 100, seed: first = 1, shrink = 200, onRun } = options;
  checkWhole({ runs, seed: first, shrink });
  const isBounded = options.faults !== undefined && optionOf(options.faults, 'within') !== undefined;
  const calm = isBounded ? null : await calmRun(scenario, options, first);
  const found = { runs, events: 0, faults: 0, hit: 0 };
  for (let seed = first; seed < first + runs; seed++) {
    const made = worldOf(options, seed, calm);
    const world = simulate(made);
    const error = await failureOf(world, scenario);
    found.events += world.events;
    found.faults += world.befallen;
    if (world.befallen > 0) found.hit++;
    world.close();
    onRun?.(world);
    if (error === null) continue;
    throw await smallest(scenario, made, seed, world.faults, error, shrink);
  }
  return found;
}

function worldOf({ world = {}, faults = {} }: ExploreOptions, seed: number, within: number | null): SimulateOptions {
  const options = typeof world === 'function' ? world(new Random(seed).fork('world')) : world;
  return { faults: within === null ? faults : { ...faults, within }, ...options, seed };
}

/** Milliseconds that a run takes in which nothing goes wrong. */
async function calmRun(scenario: Scenario, options: ExploreOptions, seed: number): Promise<number> {
  const given = { ...worldOf(options, seed, null), faults: [] };
  const world = simulate(given);
  const error = await failureOf(world, scenario);
  world.close();
  const simulation: Found = { ...given, seed };
  if (error !== null) throw Object.assign(error, { simulation });
  return Math.max(10, Math.ceil(world.now));
}

async function failureOf(world: World, scenario: Scenario): Promise<Error | null> {
  await world.run(scenario).catch(() => {});
  return world.outcome!.error;
}

/** The error of the smallest run that still fails. */
async function smallest(
  scenario: Scenario, options: SimulateOptions, seed: number, faults: readonly Fault[], error: Error, attempts: number,
): Promise<Error> {
  let found = { faults, error };
  const fails = async (candidate: readonly Fault[]): Promise<boolean> => {
    const world = simulate({ ...options, faults: candidate });
    const other = await failureOf(world, scenario);
    world.close();
    if (other === null || !isAlike(other, error)) return false;
    found = { faults: candidate, error: other };
    return true;
  };
  await shrinkList(faults, fails, attempts);
  for (let i = 0; i < found.faults.length; i++) {
    const fault = found.faults[i];
    if (attempts > i && 'for' in fault && fault.for > 10) await fails(found.faults.with(i, { ...fault, for: Math.ceil(fault.for / 10) }));
  }
  const simulation: Found = { ...options, seed, faults: found.faults };
  return Object.assign(found.error, { simulation });
}

/** The same kind of failure: numbers in its text may differ. */
function isAlike(one: Error, other: Error): boolean {
  const codeOf = (error: Error): unknown => (error as { code?: unknown }).code;
  if (codeOf(one) !== codeOf(other)) return false;
  const headOf = ({ name, message }: Error): string => `${name} ${message.split('\n', 1)[0].replaceAll(/\d+/g, 'N')}`;
  return headOf(one) === headOf(other);
}
