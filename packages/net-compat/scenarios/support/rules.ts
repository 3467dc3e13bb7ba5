import { expect } from 'vitest';
import type { KnownDifference } from './known-differences.js';
import type { Observation } from './observe.js';

/** All of a run, as it is compared: one that failed is another than one that did not. */
export function told({ seen, failure }: Observation): string {
  return [seen, failure].filter(Boolean).join('\n');
}

/** Why a run of the builtin cannot be the answer to anything; null when it can. */
export function faultOf({ seen, failure }: Observation): string | null {
  return failure ?? (seen === '' ? 'Nothing was observed: write down what should be compared' : null);
}

/**
 * Fails unless ours is as wanted. That it failed where the builtin failed too is nothing in common: neither did what the scenario is about.
 * Where it is known to differ it must do so, and fail in no other way than is known.
 */
export function judge(ours: Observation, wanted: string, known: KnownDifference | undefined): void {
  if (known === undefined) expect(told(ours)).toBe(wanted);
  else expect(told(ours), `This is no longer different: remove it from known-differences.ts (${known.reason})`).not.toBe(wanted);
  if (known?.fails !== undefined && ours.failure?.includes(known.fails) !== true) throw new Error(`It no longer fails with "${known.fails}", as known-differences.ts says, but with: ${ours.failure}`);
  if (known?.fails === undefined && ours.failure !== null) throw new Error(ours.failure);
}

/** Why what the builtin was seen to do says nothing of net: it is seen without one, too. Null when it does say something. */
export function emptiness(without: Observation, seen: string, net: string): string | null {
  return without.seen === seen ? `The same is observed of ${net}: write down something that net does` : null;
}
