import { RETRANSMISSION } from './path.js';
import type { Task, Time } from '../base/time.js';

export const LONGEST_WAIT = 120_000;

/** When something that was lost is sent again: after 200 ms, then after twice as long each time (RFC 6298), two minutes at most. */
export class Retransmission {
  readonly #time: Time;
  #since = 0;
  #attempts = 0;
  #timer: unknown = null;

  constructor(time: Time) {
    this.#time = time;
  }

  /** Has a task run when it is time, unless one will already: at `limit` milliseconds after the first loss at the latest. */
  schedule<T>(limit: number, task: Task<T>, argument: T): void {
    if (this.#timer !== null) return;
    if (this.#attempts === 0) this.#since = this.#time.now;
    const left = this.#since + limit - this.#time.now;
    this.#timer = this.#time.after(Math.min(RETRANSMISSION * 2 ** this.#attempts++, LONGEST_WAIT, Math.max(left, 0)), task, argument);
  }

  /** The task runs. */
  begin(): void {
    this.#timer = null;
  }

  isOver(limit: number): boolean {
    return this.#time.now - this.#since >= limit;
  }

  /** Heard from again: the doubling starts over. */
  heard(): void {
    this.#attempts = 0;
  }

  stop(): void {
    if (this.#timer !== null) this.#time.cancel(this.#timer);
    this.#timer = null;
  }
}
