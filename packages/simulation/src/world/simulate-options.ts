import { bare, invalidArgType } from '@netstrata/stream-core';
import { knownOptions, type LinkConditions, type Limits } from '@netstrata/transport-memory';
import { checkTime } from '../base/check.js';
import { environmentSeed } from '../base/environment.js';
import { chaosOf, type Chaos } from '../faults/draw.js';
import { checkFault } from '../faults/check-fault.js';
import type { Fault } from '../faults/fault.js';

/** What a world is like. */
export interface SimulateOptions {
  /** Everything that is left to chance follows from it; what NETSTRATA_SEED says, or 0. */
  readonly seed?: number | string | undefined;
  /** Conditions of links that are given none; a latency of 1 ms. */
  readonly link?: LinkConditions | undefined;
  /** Limits of hosts that are given none. */
  readonly limits?: Partial<Limits> | undefined;
  /** What goes wrong: a schedule, or how much is drawn from the seed. Nothing when not given. */
  readonly faults?: readonly Fault[] | Chaos | undefined;
  /** Milliseconds that a name server takes; 0. */
  readonly lookupDelay?: number | undefined;
  /** When the run is given up. */
  readonly most?: Bounds | undefined;
  /** What `Date.now()` is at the beginning, where `installGlobals` is used: milliseconds since 1970; the beginning of 2000. */
  readonly epoch?: number | undefined;
}

/** Where a run is stopped: milliseconds of virtual time (a day), events (10 million). How many entries its timeline keeps (10,000). */
interface Bounds {
  readonly time?: number | undefined;
  readonly events?: number | undefined;
  readonly entries?: number | undefined;
}

const NAMES = ['seed', 'link', 'limits', 'faults', 'lookupDelay', 'most', 'epoch'] as const;
const BOUNDS = ['time', 'events', 'entries'] as const;

/** Those that are given, checked, and a seed. Links, limits and delays are checked by the network. */
export function checkedOptions(given: SimulateOptions | undefined): SimulateOptions & { readonly seed: number | string } {
  const options = knownOptions(given, NAMES, 'simulate');
  const { seed = environmentSeed() ?? 0, epoch } = options;
  if (typeof seed !== 'number' && typeof seed !== 'string') throw invalidArgType('seed', 'of type number or string', seed);
  if (epoch !== undefined) checkTime(epoch, 'epoch');
  return { ...options, seed };
}

/** How long a world may go on, and how much it keeps. */
export function boundsOf({ most }: SimulateOptions): Required<Bounds> {
  const bounds = knownOptions(most, BOUNDS, 'most');
  for (const [name, value] of Object.entries(bounds)) {
    if (value !== Number.POSITIVE_INFINITY) checkTime(value, `most.${name}`);
  }
  const { time = 86_400_000, events = 10_000_000, entries = 10_000 } = bounds;
  return { time, events, entries };
}

/** Checked copies of a schedule; what is to be drawn instead when there is none. */
export function faultsOf({ faults = [] }: SimulateOptions): Fault[] | Chaos {
  if (!Array.isArray(faults)) return chaosOf(faults as Chaos);
  return faults.map((fault: Fault) => {
    checkFault(fault);
    return bare(fault);
  });
}

/** Options as code that makes the same world. */
export function codeOf(options: SimulateOptions): string {
  // JSON has no Infinity.
  return `simulate(${JSON.stringify(options, (_, value: unknown) => (value === Number.POSITIVE_INFINITY ? Number.MAX_VALUE : value))})`;
}
