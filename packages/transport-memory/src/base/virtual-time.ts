import type { Task, Time } from './time.js';

/** Something that will happen. */
class Scheduled {
  readonly at: number;
  /** What is due at one time happens in the order in which it was asked for. */
  readonly order: number;
  readonly background: boolean;
  task: Task<unknown> | null;
  readonly argument: unknown;

  constructor(at: number, order: number, background: boolean, task: Task<unknown>, argument: unknown) {
    this.at = at;
    this.order = order;
    this.background = background;
    this.task = task;
    this.argument = argument;
  }
}

/**
 * Time that stays the same until it is moved: `step` goes to the next task and runs it. Owns what is scheduled, and its order: nothing
 * happens without a call, so that the same calls always give the same run.
 * @example
 * ```js
 * import { createNetwork, VirtualTime } from '@netstrata/transport-memory';
 *
 * const time = new VirtualTime();
 * createNetwork({ time }).host('here').timers(60_000, () => console.log(time.now)); // prints 60000
 * while (time.next !== null) time.step();
 * ```
 */
export class VirtualTime implements Time {
  #now = 0;
  #order = 0;
  /** A binary heap: what comes first is at 0. */
  readonly #heap: Scheduled[] = [];
  #foreground = 0;

  get now(): number {
    return this.#now;
  }

  /** When the next thing is due; null when there is nothing. */
  get next(): number | null {
    this.#dropCancelled();
    return this.#heap.length === 0 ? null : this.#heap[0].at;
  }

  /** Whether nothing is due but tasks in the background. */
  get isIdle(): boolean {
    return this.#foreground === 0;
  }

  soon<T>(task: Task<T>, argument: T): void {
    this.after(0, task, argument);
  }

  /** Whole microseconds: sums of them come out alike whichever way they were added. */
  after<T>(milliseconds: number, task: Task<T>, argument: T, background = false): Scheduled {
    const at = Math.round((this.#now + Math.max(0, milliseconds)) * 1000) / 1000;
    const scheduled = new Scheduled(at, this.#order++, background, task as Task<unknown>, argument);
    if (!background) this.#foreground++;
    this.#up(scheduled);
    return scheduled;
  }

  cancel(timer: unknown): void {
    const scheduled = timer as Scheduled;
    if (scheduled.task === null) return;
    scheduled.task = null;
    if (!scheduled.background) this.#foreground--;
  }

  /** Does what is due next, and moves the time there. False when there is nothing. */
  step(): boolean {
    this.#dropCancelled();
    const scheduled = this.#take();
    if (scheduled === undefined) return false;
    const task = scheduled.task!;
    this.cancel(scheduled);
    this.#now = scheduled.at;
    task(scheduled.argument);
    return true;
  }

  /** Moves the time on, over nothing: not beyond what is due. */
  moveTo(time: number): void {
    const { next } = this;
    this.#now = Math.max(this.#now, next === null ? time : Math.min(time, next));
  }

  #dropCancelled(): void {
    while (this.#heap.length > 0 && this.#heap[0].task === null) this.#take();
  }

  #up(scheduled: Scheduled): void {
    const heap = this.#heap;
    let at = heap.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(scheduled, heap[parent])) break;
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = scheduled;
  }

  #take(): Scheduled | undefined {
    const heap = this.#heap;
    const first = heap.at(0);
    const last = heap.pop();
    if (last === undefined || last === first) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1], heap[child])) child++;
      if (!isBefore(heap[child], last)) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = last;
    return first;
  }
}

function isBefore(one: Scheduled, other: Scheduled): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}
