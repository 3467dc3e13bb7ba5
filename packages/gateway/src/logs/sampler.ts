import { Timeout, timersOf, type Timers } from '@netstrata/transport/layers';

/** Lines of one kind that are written in one window, and how long that is, in milliseconds. */
const LINES = 20;
const WINDOW = 10_000;

/**
 * Lets the first lines of each kind pass, and counts the rest: a flood of refusals becomes one line with a number. Kinds are words of ours,
 * so there are few.
 */
export class Sampler {
  readonly #left = new Map<string, number>();
  readonly #tell: (kind: string, count: number) => void;
  readonly #window: Timeout;

  /** @param tell says at the end of a window how many lines of a kind were left out */
  constructor(tell: (kind: string, count: number) => void, clock?: Timers) {
    this.#tell = tell;
    this.#window = new Timeout(timersOf(clock));
  }

  /** Whether a line may be written. */
  passes(kind: string): boolean {
    if (this.#left.size === 0) this.#window.start(WINDOW, () => this.flush());
    const left = (this.#left.get(kind) ?? LINES) - 1;
    this.#left.set(kind, left);
    return left >= 0;
  }

  /** Tells what was left out up to now. */
  flush(): void {
    this.#window.stop();
    for (const [kind, left] of this.#left) if (left < 0) this.#tell(kind, -left);
    this.#left.clear();
  }
}
