import type { Task, Time } from '../base/time.js';

/** Milliseconds until what was lost is sent again for the first time (RFC 6298, with Linux's least value); the wait doubles from there. */
export const FIRST_WAIT = 200;
export const LONGEST_WAIT = 120_000;

/** The retransmission timer of one flow. Owns when something that was lost is sent again. */
export class Retransmission {
  readonly #time: Time;
  #since = 0;
  #attempts = 0;
  #timer: unknown = null;

  constructor(time: Time) {
    this.#time = time;
  }

  /** Has a task run when it is time, unless one is scheduled: no later than `limit` milliseconds after the first loss. */
  schedule<T>(limit: number, task: Task<T>, argument: T): void {
    if (this.#timer !== null) return;
    if (this.#attempts === 0) this.#since = this.#time.now;
    const left = this.#since + limit - this.#time.now;
    const wait = Math.min(FIRST_WAIT * 2 ** this.#attempts++, LONGEST_WAIT, Math.max(left, 0));
    this.#timer = this.#time.after(wait, task, argument);
  }

  /** The scheduled task runs. */
  begin(): void {
    this.#timer = null;
  }

  isOver(limit: number): boolean {
    return this.#time.now - this.#since >= limit;
  }

  /** An answer has arrived: the doubling starts over. */
  answered(): void {
    this.#attempts = 0;
  }

  stop(): void {
    if (this.#timer !== null) this.#time.cancel(this.#timer);
    this.#timer = null;
  }
}
