import type { MuxClock } from '../../src/index.js';

/** Timers that go off when a test says so. */
export class Clock implements MuxClock {
  #now = 0;
  readonly #timers = new Map<object, [at: number, task: () => void]>();

  now(): number {
    return this.#now;
  }

  setTimeout(task: () => void, milliseconds: number): object {
    const timer = {};
    this.#timers.set(timer, [this.#now + milliseconds, task]);
    return timer;
  }

  clearTimeout(timer: unknown): void {
    this.#timers.delete(timer as object);
  }

  /** So much time passes. */
  pass(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (;;) {
      const due = [...this.#timers].filter(([, [at]]) => at <= end).sort(([, [one]], [, [other]]) => one - other)[0];
      if (due === undefined) break;
      const [timer, [at, task]] = due;
      this.#timers.delete(timer);
      this.#now = at;
      task();
    }
    this.#now = end;
  }
}
