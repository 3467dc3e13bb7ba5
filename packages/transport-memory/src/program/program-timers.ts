import type { Program } from './program.js';
import { Reporter } from './reporter.js';

/** A task of a program that is due at a certain time. */
class ProgramTask extends Reporter {
  #task: (() => void) | null;

  constructor(program: Program, task: () => void) {
    super(program);
    this.#task = task;
  }

  protected get ready(): number { return this.due; }

  dueNow(): void {
    this.program.timers.delete(this);
    this.due = 1;
    // This is a turn already, unless the program is paused.
    this.turn();
  }

  cancel(): void {
    this.#task = null;
  }

  protected report(): void {
    this.due = 0;
    this.#task?.();
  }
}

/** Runs a task after some milliseconds: not while the program is paused, and never after a crash. Call what it returns to cancel it. */
export type Timers = (milliseconds: number, task: () => void) => () => void;

/** The timers of a program. */
export function timersOf(program: Program): Timers {
  const { time, timers } = program;
  return (milliseconds, task) => {
    const scheduled = new ProgramTask(program, task);
    const timer = time.after(milliseconds, dueNow, scheduled);
    const cancel = (): void => {
      timers.delete(scheduled);
      scheduled.cancel();
      time.cancel(timer);
    };
    timers.set(scheduled, cancel);
    return cancel;
  };
}

function dueNow(task: ProgramTask): void { task.dueNow(); }
