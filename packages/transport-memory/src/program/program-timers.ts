import { Reporter } from './reporter.js';
import type { Stack } from '../kernel/kernel.js';

/** Something that the program of a host does at a certain time. */
class ProgramTask extends Reporter {
  #task: (() => void) | null;

  constructor(stack: Stack, task: () => void) {
    super(stack);
    this.#task = task;
  }

  protected get ready(): number { return this.due; }

  dueNow(): void {
    this.stack.timers.delete(this);
    this.due = 1;
    // It has its turn already, unless the program stands still.
    this.turn();
  }

  cancel(): void {
    this.#task = null;
  }

  protected tell(): void {
    this.due = 0;
    this.#task?.();
  }
}

export type Timers = (milliseconds: number, task: () => void) => () => void;

/** The timers of the program that runs on a stack. */
export function timersOf(stack: Stack): Timers {
  const { time } = stack.host.network;
  return (milliseconds, task) => {
    const program = new ProgramTask(stack, task);
    const timer = time.after(milliseconds, dueNow, program);
    const cancel = (): void => {
      stack.timers.delete(program);
      program.cancel();
      time.cancel(timer);
    };
    stack.timers.set(program, cancel);
    return cancel;
  };
}

function dueNow(program: ProgramTask): void { program.dueNow(); }
