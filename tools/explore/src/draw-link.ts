import type { LinkConditions } from '@netstrata/simulation';
import fc from 'fast-check';
import { given, rarely } from './arbitraries.js';

/** Conditions of a link, from good to very bad. */
export const conditions = {
  latency: fc.constantFrom(0, 0, 0.1, 1, 20, 200),
  jitter: fc.constantFrom(0, 0, 0.5, 5, 50),
  loss: fc.constantFrom(0, 0, 0, 0.01, 0.1),
  bandwidth: rarely(30, fc.constantFrom(10_000, 100_000, 1_000_000, 10_000_000)),
};

export type Link = LinkConditions & { readonly segment?: readonly [number, number] };

export const link: fc.Arbitrary<Link> = fc.oneof(
  { withCrossShrink: true },
  { weight: 2, arbitrary: fc.constant({}) },
  { weight: 3, arbitrary: given({ latency: fc.constantFrom(1, 0.1, 20) }) },
  { weight: 5, arbitrary: given({ ...conditions, segment: rarely(50, fc.constantFrom(65_536, 1460, 100, 7, 1).map((most) => [1, most] as const)) }) },
);
