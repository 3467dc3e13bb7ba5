import { knownOptions, Random } from '@netstrata/transport-memory';
import { checkFunction, checkTime, checkWhole } from '../base/check.js';
import { environmentSeed } from '../base/environment.js';
import { chaosOf, drawFaults, type Chaos } from '../faults/draw.js';
import type { Fault } from '../faults/fault.js';
import { Traffic, type Targets } from '../faults/targets.js';
import type { SimulateOptions } from '../world/simulate-options.js';
import { simulate, World, type Scenario } from '../world/world.js';
import { Budget } from './budget.js';
import { shrinkList } from './shrink.js';

/** How many worlds `explore` makes, and what goes wrong in them. */
export interface ExploreOptions {
  /** How many worlds; 100, or with a `budget` as many as there is time for. */
  readonly runs?: number | undefined;
  /** Real milliseconds after which it ends, whatever has been done by then. */
  readonly budget?: number | undefined;
  /** The first seed; the others follow from it, counting up. What NETSTRATA_SEED says, or 1. */
  readonly seed?: number | undefined;
  /** What the worlds are like: the same for all, or drawn for each. `explore` chooses their seed, and faults that are not given here. */
  readonly world?: SimulateOptions | ((random: Random) => SimulateOptions) | undefined;
  /**
   * What goes wrong in them. Where it can, and when: one run in which nothing goes wrong finds out who talks to whom, and how long the
   * scenario takes. Faults begin within that time when `within` is not given.
   */
  readonly faults?: Chaos | undefined;
  /** How many runs may be spent on making the faults of a failing one fewer; 200. */
  readonly shrink?: number | undefined;
  /** After each run. */
  readonly onRun?: ((world: World) => void) | undefined;
}

/** What `explore` has done when no run failed. */
export interface Explored {
  /** How many worlds have run to their end. */
  readonly runs: number;
  /** Whether those are all that were asked for: false when the time was over first. */
  readonly isComplete: boolean;
  /** How many events there were in all of them. */
  readonly events: number;
  /** How many faults changed something in all of them, and in how many runs one did. */
  readonly faults: number;
  /** In how many runs a fault changed something. */
  readonly hit: number;
}

/** What `explore` throws is the error of the smallest failing run, with this as `simulation`. `simulate(found)` makes that world again. */
export interface Found extends SimulateOptions {
  readonly seed: number;
  readonly faults: readonly Fault[];
}

/** What a run was like in which nothing went wrong. */
interface Calm {
  readonly within: number;
  readonly targets: Targets;
}

const NAMES = ['runs', 'budget', 'seed', 'world', 'faults', 'shrink', 'onRun'] as const;

type Checked = ExploreOptions & { readonly runs: number; readonly seed: number; readonly shrink: number };

function checkedOptions(given: ExploreOptions | undefined): Checked {
  const options = knownOptions(given, NAMES, 'explore');
  const { budget, runs = budget === undefined ? 100 : Number.MAX_SAFE_INTEGER, shrink = 200, faults = {} } = options;
  const seed = options.seed ?? (environmentSeed() as number | undefined) ?? 1;
  checkWhole({ runs, seed, shrink });
  if (budget !== undefined) checkTime(budget, 'budget');
  checkFunction(options.onRun, 'onRun');
  return { ...options, runs, seed, shrink, faults: chaosOf(faults) };
}

/**
 * Runs a scenario in many worlds. The first that fails is run again with fewer and shorter faults as long as it fails in the same way, and
 * the error of the smallest is thrown: it says the seed, the faults that are left, and the timeline.
 * @example
 * ```js
 * import { explore } from '@netstrata/simulation';
 *
 * const found = await explore(async (world) => {
 *   world.host('server', { boot: ({ net }) => net.createServer((socket) => socket.pipe(socket)).listen(7) });
 *   const socket = world.host('client').net.connect(7, 'server'); // a client that does not handle crashes
 *   socket.write('hello');
 *   await new Promise((resolve, reject) => socket.once('data', resolve).once('error', reject));
 * }, { runs: 100, faults: { kinds: ['crash'] } }).catch((error) => error.simulation);
 *
 * console.log(found.faults.map(({ kind }) => kind)); // prints [ 'crash' ]
 * ```
 */
export async function explore(scenario: Scenario, given?: ExploreOptions): Promise<Explored> {
  const options = checkedOptions(given);
  const { runs, seed: first, shrink, onRun } = options;
  const budget = new Budget(options.budget);
  const found = { runs: 0, isComplete: false, events: 0, faults: 0, hit: 0 };
  try {
    const calm = await calmRun(scenario, options, budget);
    for (let seed = first; found.runs < runs; seed++) {
      if (calm === null || budget.isOver) return found;
      const made = worldOf(options, seed, calm);
      const world = simulate(made);
      const error = await failureOf(world, scenario, budget);
      if (error === CUT) return found;
      found.runs++;
      found.events += world.events;
      found.faults += world.hits;
      if (world.hits > 0) found.hit++;
      onRun?.(world);
      if (error !== null) throw await smallest(scenario, made, seed, world.faults, error, shrink, budget);
    }
    return { ...found, isComplete: true };
  } finally {
    budget.close();
  }
}

function worldOf({ world = {}, faults = {} }: ExploreOptions, seed: number, calm: Calm): SimulateOptions {
  const options = typeof world === 'function' ? world(new Random(seed).fork('world')) : world;
  const drawn = (): Fault[] => drawFaults(new Random(seed).fork('faults'), { within: calm.within, ...faults }, calm.targets);
  return { ...options, faults: options.faults ?? drawn(), seed };
}

/** A run in which nothing goes wrong: how long it takes, and who talks to whom. Null when there was no time for it. */
async function calmRun(scenario: Scenario, options: ExploreOptions & { readonly seed: number }, budget: Budget): Promise<Calm | null> {
  const { seed } = options;
  const made = { ...worldOf(options, seed, { within: 0, targets: { hosts: {}, pairs: [] } }), faults: [] };
  const traffic = new Traffic();
  const world = new World(made, (event, peer) => { traffic.add(event, peer); });
  const error = await failureOf(world, scenario, budget);
  if (error === CUT) return null;
  const simulation: Found = { ...made, seed };
  if (error !== null) throw Object.assign(error, { simulation });
  return { within: Math.max(10, Math.ceil(world.now)), targets: traffic.targets(world.hosts) };
}

/** A run that the end of the budget has cut short. */
const CUT = Symbol('cut short');

/** Runs a scenario, and closes its world. What it failed with; null when it did not. */
async function failureOf(world: World, scenario: Scenario, budget: Budget): Promise<Error | typeof CUT | null> {
  budget.runs(world);
  await world.run(scenario).catch(() => {});
  const { error } = world.outcome!;
  const isCut = world.isClosed && budget.isOver;
  world.close();
  return isCut && error !== null ? CUT : error;
}

/** The error of the smallest run that still fails. */
async function smallest(
  scenario: Scenario, options: SimulateOptions, seed: number, faults: readonly Fault[], error: Error, attempts: number, budget: Budget,
): Promise<Error> {
  let found = { faults, error };
  const fails = async (candidate: readonly Fault[]): Promise<boolean> => {
    if (budget.isOver) return false;
    const world = simulate({ ...options, faults: candidate });
    const other = await failureOf(world, scenario, budget);
    if (other === null || other === CUT || !isAlike(other, error)) return false;
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
