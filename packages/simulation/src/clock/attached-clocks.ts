/** Timers from outside of a world that go by its time: those that a test runner fakes, for example. */
export interface AttachedClock {
  /** Milliseconds until the next of them is due; null when none is. */
  next(): number | null;
  /** So many milliseconds have passed: what is due by now is to be run. */
  advance(milliseconds: number): void;
}

/** Owns the clocks that are attached to a world. */
export class AttachedClocks {
  readonly #clocks = new Set<AttachedClock>();

  get isEmpty(): boolean { return this.#clocks.size === 0; }

  attach(clock: AttachedClock): () => void {
    this.#clocks.add(clock);
    return () => { this.#clocks.delete(clock); };
  }

  /** When the first timer is due; null when none is. */
  next(now: number): number | null {
    let next: number | null = null;
    for (const clock of this.#clocks) {
      const left = clock.next();
      // Whole microseconds, as all times here.
      if (left !== null) next = Math.min(next ?? Number.POSITIVE_INFINITY, Math.round((now + Math.max(0, left)) * 1000) / 1000);
    }
    return next;
  }

  advance(milliseconds: number): void {
    for (const clock of [...this.#clocks]) clock.advance(milliseconds);
  }
}
