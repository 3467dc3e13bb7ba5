import { isError } from '@netstrata/stream-core';
import { ComplianceFailure } from './failure.js';

/** Something a test opened: closed when the test is over, whatever became of it. */
export interface Opened {
  /** Closes it unless it is closed; the scope then waits for `closed`. */
  release(): void;
  readonly closed: boolean;
  describe(): string;
}

interface Waiter {
  readonly condition: () => boolean;
  readonly what: string;
  readonly resolve: () => void;
}

/**
 * One running test. It knows whether a call on a channel is on the stack, what the test waits for and what it opened, and
 * it collects the rules that were broken meanwhile, so that one of them fails the test even where the test looks elsewhere.
 */
export class Scope {
  /** Whether chunks must be as long as their memory. */
  readonly exactChunks: boolean;
  readonly #opened: Opened[] = [];
  #waiters: Waiter[] = [];
  #calls = 0;
  #failure: Error | null = null;
  #reject: (error: Error) => void = () => {};

  constructor(exactChunks: boolean) {
    this.exactChunks = exactChunks;
  }

  /** Runs a call on a channel, listener or transport; a sink method that runs meanwhile breaks C1. */
  call<T>(body: () => T): T {
    this.#calls++;
    try {
      return body();
    } finally {
      this.#calls--;
    }
  }

  /** At the head of every sink method. */
  reported(method: string): void {
    if (this.#calls > 0) this.broken('C1', `${method} ran inside a call`);
  }

  broken(rule: string, message: string): void {
    this.fail(new ComplianceFailure(`${rule}: ${message}`));
  }

  fail(error: unknown): void {
    this.#failure ??= isError(error) ? error : new ComplianceFailure(String(error));
    this.#reject(this.#failure);
  }

  /** Runs what a test put into a sink method. An exception there must reach the test, not the channel. */
  guard(body: () => void): void {
    try {
      body();
    } catch (error) {
      this.fail(error);
    }
  }

  track(opened: Opened): void {
    this.#opened.push(opened);
  }

  /** Resolves once the condition holds; it is looked at after every event of everything that belongs to this test. */
  until(condition: () => boolean, what: string): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push({ condition, what, resolve }));
  }

  changed(): void {
    const due = this.#waiters.filter((waiter) => waiter.condition());
    if (due.length === 0) return;
    this.#waiters = this.#waiters.filter((waiter) => !due.includes(waiter));
    for (const waiter of due) waiter.resolve();
  }

  /** Runs a test: it ends with the body, with the first broken rule or with the time, and then everything is closed. */
  async run(body: () => Promise<void>, timeoutMs: number): Promise<void> {
    const failed = new Promise<void>((_, reject) => (this.#reject = reject));
    failed.catch(() => {});
    const timer = setTimeout(() => this.fail(new ComplianceFailure(`no end after ${timeoutMs} ms${this.#report()}`)), timeoutMs);
    try {
      await Promise.race([body(), failed]);
    } catch (error) {
      this.fail(error);
    }
    clearTimeout(timer);
    await this.#releaseAll(timeoutMs);
    if (this.#failure) throw this.#failure;
  }

  /** Every `onClose` is awaited, and one turn more shows whether anything came after it. */
  async #releaseAll(timeoutMs: number): Promise<void> {
    for (const opened of this.#opened) this.guard(() => opened.release());
    let timer: ReturnType<typeof setTimeout> | undefined;
    const timedOut = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        this.broken('S6', `onClose did not come after close${this.#report()}`);
        resolve();
      }, this.#failure ? Math.min(timeoutMs, 1000) : timeoutMs);
    });
    await Promise.race([timedOut, this.until(() => this.#opened.every((opened) => opened.closed), 'onClose of everything')]);
    clearTimeout(timer);
    await turn();
  }

  #report(): string {
    const waiting = this.#waiters.map((waiter) => waiter.what).join('; ');
    const seen = this.#opened.map((opened) => opened.describe()).join('; ');
    return `; waiting for: ${waiting || 'nothing'}; seen: ${seen || 'nothing'}`;
  }
}

/** A turn of the event loop. It gives a wrong event the chance to show; nothing right is ever waited for this way. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
