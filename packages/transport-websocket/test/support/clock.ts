import type { Timers } from '@netstrata/transport/layers';

/** Timers that go off when the test says so. */
export class Clock implements Timers {
  #now = 0;
  readonly #timers = new Map<number, { at: number; task: () => void }>();
  #ids = 0;

  get pending(): number {
    return this.#timers.size;
  }

  setTimeout(task: () => void, milliseconds: number): number {
    this.#timers.set(++this.#ids, { at: this.#now + milliseconds, task });
    return this.#ids;
  }

  clearTimeout(timer: unknown): void {
    this.#timers.delete(timer as number);
  }

  pass(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (;;) {
      const due = [...this.#timers].filter(([, { at }]) => at <= end).sort(([, one], [, other]) => one.at - other.at)[0];
      if (due === undefined) break;
      const [id, { at, task }] = due;
      this.#timers.delete(id);
      this.#now = at;
      task();
    }
    this.#now = end;
  }
}
