import { nextTick } from '@netstrata/stream-core';
import type { Enter, Program } from './program.js';

/**
 * Reports to a program: a connection to its sink, a listener to its acceptor. Owns what is due and when it is reported. Nothing is
 * reported inside a call (C1): what is due is a bit, and each bit has a separate turn.
 */
export abstract class Reporter {
  protected readonly program: Program;
  readonly #enter: Enter | null;
  /** What is due. */
  protected due = 0;
  #isScheduled = false;
  #last = 0;

  constructor(program: Program) {
    this.program = program;
    this.#enter = program.capture();
  }

  /** Which of the bits can be reported now. */
  protected abstract get ready(): number;
  /** Reports one of them. */
  protected abstract report(): void;

  /** @internal Sees to it that what is due is reported. */
  schedule(): void {
    if (this.#isScheduled || this.ready === 0) return;
    this.#isScheduled = true;
    this.program.time.soon(takeTurn, this);
  }

  /** The same in the next tick: for what is known at once, as systems report it. */
  protected scheduleNow(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    nextTick(takeTurn, this as Reporter);
  }

  /** Nothing else is due any more, and `bit` a turn later: as with libuv, a close is reported behind the immediates of its turn. */
  protected endWith(bit: number): void {
    this.due = 0;
    this.#last = bit;
    this.program.time.soon(last, this);
  }

  /** @internal */
  lastDue(): void {
    this.due = this.#last;
    this.schedule();
  }

  /** @internal */
  turn(): void {
    this.#isScheduled = false;
    // To a program that is paused it is reported when it resumes; to one that has crashed, never.
    if (!this.program.mayRun(this) || this.ready === 0) return;
    this.program.countTurn();
    if (this.#enter === null) reportOne(this);
    else this.#enter(reportOne, this);
  }

  /** @internal */
  reportOne(): void {
    try {
      this.report();
    } finally {
      this.schedule();
    }
  }
}

function last(reporter: Reporter): void { reporter.lastDue(); }
function takeTurn(reporter: Reporter): void { reporter.turn(); }
function reportOne(reporter: Reporter): void { reporter.reportOne(); }
