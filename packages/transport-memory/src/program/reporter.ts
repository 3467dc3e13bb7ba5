import { nextTick } from '@netstrata/stream-core';
import type { Stack } from '../kernel/kernel.js';

/** Runs a task as the one who made the connection would have: in its asynchronous context. */
export type Enter = <T>(task: (argument: T) => void, argument: T) => void;

/**
 * What has something to tell to a program: a connection to its sink, a listener to its acceptor. Nothing is told inside a call (C1): what is due is
 * a bit, and each bit has a turn of its own.
 */
export abstract class Reporter {
  readonly stack: Stack;
  readonly #enter: Enter | null;
  /** What is due. */
  protected due = 0;
  #isScheduled = false;
  #last = 0;

  constructor(stack: Stack) {
    this.stack = stack;
    this.#enter = stack.host.network.capture?.(stack.host) ?? null;
  }

  /** Which of the bits can be told now. */
  protected abstract get ready(): number;
  /** Tells one of them. */
  protected abstract tell(): void;

  /** @internal Sees to it that what is due is told. */
  schedule(): void {
    if (this.#isScheduled || this.ready === 0) return;
    this.#isScheduled = true;
    this.stack.host.network.time.soon(takeTurn, this);
  }

  /** The same in the next tick: for what is known at once, as systems tell it. */
  protected scheduleNow(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    nextTick(takeTurn, this as Reporter);
  }

  /** Nothing else is due any more, and `bit` a turn later: as with libuv, who closes something hears of it behind the immediates of that turn. */
  protected endWith(bit: number): void {
    this.due = 0;
    this.#last = bit;
    this.stack.host.network.time.soon(last, this);
  }

  /** @internal */
  lastDue(): void {
    this.due = this.#last;
    this.schedule();
  }

  /** @internal */
  turn(): void {
    this.#isScheduled = false;
    // A program that stands still hears of it later; one that is gone, never.
    if (!this.stack.isRunning(this) || this.ready === 0) return;
    this.stack.host.network.turns++;
    if (this.#enter === null) tell(this);
    else this.#enter(tell, this);
  }

  /** @internal */
  tellOne(): void {
    try {
      this.tell();
    } finally {
      this.schedule();
    }
  }
}

function last(reporter: Reporter): void { reporter.lastDue(); }
function takeTurn(reporter: Reporter): void { reporter.turn(); }
function tell(reporter: Reporter): void { reporter.tellOne(); }
