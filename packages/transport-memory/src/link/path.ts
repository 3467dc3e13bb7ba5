import { checkNumber, conditionsOf } from '../base/check.js';
import type { Random } from '../base/random.js';
import type { Task, Time } from '../base/time.js';

/** What a link between two hosts is like, each way. Whatever is not given is ideal. */
export interface LinkConditions {
  /** Milliseconds from one end to the other. */
  readonly latency?: number | undefined;
  /** At most so many milliseconds more; every packet has its own. Packets of one connection stay in order. */
  readonly jitter?: number | undefined;
  /** Bytes a second, shared by all connections. */
  readonly bandwidth?: number | undefined;
  /** Bytes travel in segments of this size, or of any size between two. */
  readonly segment?: number | readonly [least: number, most: number] | undefined;
  /** The probability (0 to below 1) that a packet is lost and has to be sent again: bytes come late, a connection takes longer to be made. */
  readonly loss?: number | undefined;
}

/** Milliseconds until what was lost is sent again for the first time; it doubles from there (RFC 6298, with Linux's least value). */
export const RETRANSMISSION = 200;

/** One way between two hosts. */
export class Path {
  #conditions: LinkConditions = {};
  #random: Random;
  /** How many reasons there are for nothing to come through. */
  #blocks = 0;
  /** When the last byte that was given to it has left. */
  #busyUntil = 0;
  /** The number of bytes that still pass before a connection is reset; null when none shall be. */
  resetAfter: number | null = null;
  /** Nothing is held up here: what is sent is there. */
  isIdeal = true;

  constructor(conditions: LinkConditions, random: Random) {
    this.#random = random;
    this.conditions = conditions;
  }

  get conditions(): LinkConditions {
    return this.#conditions;
  }

  set conditions(conditions: LinkConditions) {
    this.#conditions = conditionsOf(conditions);
    this.#judge();
  }

  get isBlocked(): boolean {
    return this.#blocks > 0;
  }

  block(on: boolean): void {
    this.#blocks = Math.max(0, this.#blocks + (on ? 1 : -1));
    this.#judge();
  }

  /** Resets the connection that carries the byte after so many. */
  reset(after: number): void {
    checkNumber(after, 'after', 'a whole number, at least 0', (value) => Number.isInteger(value) && value >= 0);
    this.resetAfter = after;
    this.#judge();
  }

  /** How many of `size` bytes travel together. */
  segment(size: number): number {
    const { segment } = this.#conditions;
    if (segment === undefined) return size;
    const most = typeof segment === 'number' ? segment : this.#random.integer(segment[0], segment[1]);
    return Math.min(size, most);
  }

  /** Milliseconds until a packet that is sent now arrives; null when it never does. */
  delay(size: number, now: number, retry = RETRANSMISSION): number | null {
    if (this.#blocks > 0) return null;
    const { latency = 0, jitter = 0, bandwidth, loss = 0 } = this.#conditions;
    let delay = latency;
    if (bandwidth !== undefined) {
      this.#busyUntil = Math.max(this.#busyUntil, now) + (size / bandwidth) * 1000;
      delay += this.#busyUntil - now;
    }
    if (jitter > 0) delay += this.#random.fraction() * jitter;
    for (let wait = retry; this.#random.chance(loss); wait = Math.min(wait * 2, 120_000)) delay += wait;
    return delay;
  }

  /**
   * Has a task run when a packet without bytes that is sent now arrives, not before `least` milliseconds: at once where nothing holds it up.
   * False when it never does.
   */
  carry<T>(time: Time, task: Task<T>, argument: T, least = 0, retry = RETRANSMISSION): boolean {
    const delay = this.delay(0, time.now, retry);
    if (delay === null) return false;
    if (this.isIdeal && least === 0) task(argument);
    else time.after(Math.max(delay, least), task, argument);
    return true;
  }

  /** The reset has happened. */
  resetDone(): void {
    this.resetAfter = null;
    this.#judge();
  }

  #judge(): void {
    const { latency = 0, jitter = 0, loss = 0, bandwidth, segment } = this.#conditions;
    this.isIdeal = this.#blocks === 0 && this.resetAfter === null && latency === 0 && jitter === 0 && loss === 0 && bandwidth === undefined && segment === undefined;
  }
}
