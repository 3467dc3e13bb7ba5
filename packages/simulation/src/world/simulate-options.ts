import type { LinkConditions, Limits } from '@netstrata/transport-memory';
import type { Chaos } from '../faults/draw.js';
import type { Fault } from '../faults/fault.js';

/** What a world is like. */
export interface SimulateOptions {
  /** Everything that is left to chance follows from it; 0. */
  readonly seed?: number | string | undefined;
  /** Conditions of links that are given none; a latency of 1 ms. */
  readonly link?: LinkConditions | undefined;
  /** Limits of hosts that are given none. */
  readonly limits?: Partial<Limits> | undefined;
  /** What goes wrong: a schedule, or how much is drawn from the seed. Nothing when not given. */
  readonly faults?: readonly Fault[] | Chaos | undefined;
  /** Milliseconds that a name server takes; 0. */
  readonly lookupDelay?: number | undefined;
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
