import { now } from '@netstrata/stream-core';
import { LONGEST_TIME, Timeout, type Timers } from '@netstrata/transport/layers';

/** Who waits for room in a bucket. */
export interface Waiter {
  /** There is room. It may take some at once, and wait again. */
  goOn(): void;
}

/** So long it takes to fill an empty bucket. */
const FULL_MS = 250;
/** A bucket holds at least what a stream moves at once: less would only be refilled more often. */
const LEAST = 16_384;
/** How often it is refilled while somebody waits. */
const REFILL_MS = 25;

/**
 * A token bucket: so many bytes in a second, and a bit more at once. Whoever moves bytes takes them out afterwards, so that it may be
 * overdrawn by one chunk of each stream; while there is nothing in it, everybody waits, and goes on in turn.
 */
export class Bucket {
  readonly #perMs: number;
  readonly #most: number;
  readonly #timeout: Timeout;
  readonly #waiting = new Set<Waiter>();
  #bytes: number;
  #filled = now();

  constructor(bytesPerSecond: number, timers: Timers) {
    this.#perMs = bytesPerSecond / 1000;
    this.#most = Math.max(LEAST, this.#perMs * FULL_MS);
    this.#bytes = this.#most;
    this.#timeout = new Timeout(timers);
  }

  get isEmpty(): boolean {
    if (this.#bytes <= 0) this.#fill();
    return this.#bytes <= 0;
  }

  /** Milliseconds from now on, as far as timers go. */
  get untilFull(): number {
    this.#fill();
    return Math.min(Math.ceil((this.#most - this.#bytes) / this.#perMs), LONGEST_TIME);
  }

  take(bytes: number): void {
    this.#bytes -= bytes;
  }

  /** Once, however often it is asked for. */
  wait(waiter: Waiter): void {
    if (this.#waiting.size === 0) this.#lookLater();
    this.#waiting.add(waiter);
  }

  leave(waiter: Waiter): void {
    if (this.#waiting.delete(waiter) && this.#waiting.size === 0) this.#timeout.stop();
  }

  #lookLater(): void {
    const due = Math.ceil(-this.#bytes / this.#perMs);
    // A timer may be late, and never takes more than it can.
    this.#timeout.start(Math.min(Math.max(due, REFILL_MS), LONGEST_TIME), () => { this.#goOn(); });
  }

  #fill(): void {
    const time = now();
    this.#bytes = Math.min(this.#most, this.#bytes + (time - this.#filled) * this.#perMs);
    this.#filled = time;
  }

  #goOn(): void {
    this.#fill();
    for (const waiter of this.#waiting) {
      if (this.#bytes <= 0) break;
      this.#waiting.delete(waiter);
      waiter.goOn();
    }
    if (this.#waiting.size > 0) this.#lookLater();
  }
}
