import { checkNumber } from '../base/check.js';
import type { Random } from '../base/random.js';
import type { Task, Time } from '../base/time.js';
import { conditionsOf, type LinkConditions } from './link-conditions.js';
import { FIRST_WAIT, LONGEST_WAIT } from './retransmission.js';

/** A connection is to be reset. */
interface PendingReset {
  left: number;
  readonly happened: () => void;
}

/** One direction of the link between two hosts. Owns its conditions, whether it is blocked, and when a packet arrives. */
export class Path {
  #conditions: LinkConditions = {};
  readonly #random: Random;
  /** How many reasons there are for it to be blocked. */
  #blocks = 0;
  /** When the last byte that was given to it will have left. */
  #busyUntil = 0;
  /** What resets connections, by the number of bytes that still pass before that. */
  readonly #resets: PendingReset[] = [];
  /** Packets that were sent over it, when it was not ideal, and those of them that were blocked. */
  packets = 0;
  /** How many of those were blocked. */
  blocked = 0;
  /** Packets arrive at once, and none is lost. */
  isIdeal = true;

  constructor(conditions: LinkConditions, random: Random) {
    this.#random = random;
    this.conditions = conditions;
  }

  /** What the link is like in this direction. */
  get conditions(): LinkConditions {
    return this.#conditions;
  }

  set conditions(conditions: LinkConditions) {
    this.#conditions = conditionsOf(conditions);
    this.#judge();
  }

  /** Whether nothing gets through. */
  get isBlocked(): boolean {
    return this.#blocks > 0;
  }

  /** Blocks it for one more reason, or takes one reason away. */
  block(on: boolean): void {
    this.#blocks = Math.max(0, this.#blocks + (on ? 1 : -1));
    this.#judge();
  }

  /** Resets the connection that carries the byte after so many. `happened` is called when it does. */
  reset(after: number, happened: () => void = () => {}): void {
    checkNumber(after, 'after', 'a whole number, at least 0', (value) => Number.isInteger(value) && value >= 0);
    this.#resets.push({ left: after, happened });
    this.#resets.sort((one, other) => one.left - other.left);
    this.#judge();
  }

  /** What was to be reset and has not been, is not any more. */
  forgetResets(): void {
    this.#resets.length = 0;
    this.#judge();
  }

  /** So many bytes arrive together: after how many of them the connection is reset, which counts as done; null when it is not. */
  cutOf(size: number): number | null {
    if (size === 0 || this.#resets.length === 0) return null;
    const [{ left, happened }] = this.#resets;
    const isCut = left <= size;
    if (isCut) this.#resets.shift();
    for (const one of this.#resets) one.left -= isCut ? left : size;
    if (!isCut) return null;
    this.#judge();
    happened();
    return left;
  }

  /** How many of `size` bytes travel together. */
  segment(size: number): number {
    const { segment } = this.#conditions;
    if (segment === undefined) return size;
    const most = typeof segment === 'number' ? segment : this.#random.integer(segment[0], segment[1]);
    return Math.min(size, most);
  }

  /** Milliseconds until a packet that is sent now arrives; null when it never does. */
  delay(size: number, now: number, retry = FIRST_WAIT): number | null {
    this.packets++;
    if (this.#blocks > 0) {
      this.blocked++;
      return null;
    }
    const { latency = 0, jitter = 0, bandwidth, loss = 0 } = this.#conditions;
    let delay = latency;
    if (bandwidth !== undefined) {
      this.#busyUntil = Math.max(this.#busyUntil, now) + (size / bandwidth) * 1000;
      delay += this.#busyUntil - now;
    }
    if (jitter > 0) delay += this.#random.fraction() * jitter;
    for (let wait = retry; this.#random.chance(loss); wait = Math.min(wait * 2, LONGEST_WAIT)) delay += wait;
    return delay;
  }

  /**
   * Has a task run when a packet without bytes that is sent now arrives, not before `least` milliseconds: at once over an ideal path.
   * False when it never does.
   */
  carry<T>(time: Time, task: Task<T>, argument: T, least = 0, retry = FIRST_WAIT): boolean {
    const delay = this.delay(0, time.now, retry);
    if (delay === null) return false;
    if (this.isIdeal && least === 0) task(argument);
    else time.after(Math.max(delay, least), task, argument);
    return true;
  }

  #judge(): void {
    const { latency = 0, jitter = 0, loss = 0, bandwidth, segment } = this.#conditions;
    const isInstant = latency === 0 && jitter === 0 && bandwidth === undefined;
    const isWhole = loss === 0 && segment === undefined && this.#resets.length === 0;
    this.isIdeal = this.#blocks === 0 && isInstant && isWhole;
  }
}
