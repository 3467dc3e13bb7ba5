import type { Fault } from '@netstrata/simulation';
import fc from 'fast-check';
import { between, chance, given, list, shrinking } from './arbitraries.js';
import { conditions } from './draw-link.js';

/** Faults that affect one host for a while. */
const OF_HOSTS = ['crash', 'pause', 'refuse', 'ignore', 'files', 'ports', 'name'] as const;

/** The faults within this many milliseconds. */
function fault(within: number): fc.Arbitrary<Fault> {
  const at = shrinking(0, between(0, within));
  const span = { at, for: shrinking(1, fc.oneof(fc.constant(1), between(1, 100), between(1, 3000))) };
  const host = between(0, 3);
  const ends = { from: host, to: between(1, 3) };
  return fc.oneof(
    ...OF_HOSTS.map((kind) => fc.record({ kind: fc.constant(kind), ...span, host })),
    fc.record({ kind: fc.constant('slow reader' as const), ...span, host, rate: between(1000, 1_000_000) }),
    ...[
      fc.record({ kind: fc.constant('partition' as const), ...span, ...ends, oneWay: chance(40) }),
      // Links have no smaller segments than the program was made for.
      fc.record({ kind: fc.constant('link' as const), ...span, ...ends, link: given(conditions) }),
      fc.record({ kind: fc.constant('reset' as const), at, ...ends, after: shrinking(0, fc.oneof({ weight: 2, arbitrary: fc.constantFrom(0, 1) }, between(0, 100), between(0, 100_000))) }),
    ].map((one) => one.map((drawn) => ({ ...drawn, to: drawn.from + drawn.to }))),
  );
}

/** Mostly early, when connections are made. */
export const faults: fc.Arbitrary<readonly Fault[]> = fc.oneof(
  { withCrossShrink: true },
  { weight: 35, arbitrary: fc.constant([]) },
  { weight: 65, arbitrary: fc.oneof(...[20, 300, 3000].map((within) => list(fault(within), 1, 4))) },
).map((drawn) => drawn.toSorted((one, other) => one.at - other.at));
