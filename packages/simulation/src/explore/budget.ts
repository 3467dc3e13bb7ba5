import { systemTime } from '@netstrata/transport-memory';

/** Real time that may be spent. Owns what is to be stopped when it is over. */
export class Budget {
  readonly #end: number;
  #timer: unknown = null;
  #running: { close(): void } | null = null;
  #isStopped = false;

  /** Milliseconds; as long as it takes when not given. */
  constructor(milliseconds: number | undefined) {
    this.#end = milliseconds === undefined ? Number.POSITIVE_INFINITY : systemTime.now + milliseconds;
    if (milliseconds !== undefined) this.#timer = systemTime.after(milliseconds, stop, this);
  }

  /** Also where the timer came a moment early. */
  get isOver(): boolean { return this.#isStopped || systemTime.now >= this.#end; }

  /** What runs now: it is closed when the time is over. */
  runs(world: { close(): void }): void {
    this.#running = world;
  }

  /** @internal */
  stop(): void {
    this.#isStopped = true;
    this.#running?.close();
  }

  /** Nothing is spent any more. */
  close(): void {
    if (this.#timer !== null) systemTime.cancel(this.#timer);
  }
}

function stop(budget: Budget): void { budget.stop(); }
