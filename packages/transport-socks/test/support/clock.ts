import type { Timers } from '../../src/index.js';

interface Timer {
  readonly task: () => void;
  readonly milliseconds: number;
}

/** Timers that fire when the test says so. */
export class Clock implements Timers {
  readonly pending = new Set<Timer>();

  setTimeout(task: () => void, milliseconds: number): unknown {
    const timer = { task, milliseconds };
    this.pending.add(timer);
    return timer;
  }

  clearTimeout(timer: unknown): void {
    this.pending.delete(timer as Timer);
  }

  get times(): number[] {
    return [...this.pending].map(({ milliseconds }) => milliseconds);
  }

  fire(milliseconds: number): void {
    const timer = [...this.pending].find((one) => one.milliseconds === milliseconds);
    if (timer === undefined) throw new Error(`no timer of ${milliseconds} ms, but of ${this.times.join(', ')}`);
    this.pending.delete(timer);
    timer.task();
  }
}
