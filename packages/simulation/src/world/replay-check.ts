import { diverged } from '../base/errors.js';
import type { Timeline } from '../timeline/timeline.js';

/** A run, and how it ended. */
export interface Run {
  readonly timeline: Timeline;
  readonly outcome: { readonly error: Error | null } | null;
}

/** Compares a replay with the run that it repeats. Owns the first difference. */
export class ReplayCheck {
  readonly #expected: Timeline;
  /** ERR_SIMULATION_DIVERGED; null while both are the same. */
  divergence: Error | null = null;

  constructor(expected: Timeline) {
    this.#expected = expected;
  }

  /** Compares the latest entry. */
  compare(timeline: Timeline): void {
    if (this.divergence !== null) return;
    const { count } = timeline;
    // Entries that are not kept are compared in the end, by the digest of all.
    if (count <= this.#expected.dropped) return;
    const was = this.#expected.at(count);
    const is = timeline.at(count)!;
    if (was !== undefined && was.digest === is.digest) return;
    const text = was === undefined
      ? `there was none, and now: ${is.host} ${is.text}`
      : `it was at ${was.at} ms: ${was.host} ${was.text}\nand is at ${is.at} ms: ${is.host} ${is.text}`;
    this.divergence = diverged(`Event ${count} is another one in the replay:\n${text}`);
  }

  /** A run that is the beginning of another one is not the same, nor is one that ends otherwise. */
  compareEnds(was: Run, is: Run): void {
    const before = endOf(was);
    const after = endOf(is);
    if (before !== after) this.divergence ??= diverged(`The replay ends otherwise: ${after}, where it was: ${before}`);
  }
}

function endOf({ timeline, outcome }: Run): string {
  return `${timeline.count} entries, ${timeline.digest}, ${outcome?.error == null ? 'passed' : 'failed'}`;
}
