import { ComplianceFailure } from './failure.js';
import { limited } from './wording.js';

/** Something a test opened: closed when the test is over, whatever became of it. */
export interface Opened {
  /** Closes it unless it is closed; the scope then waits for `closed`. */
  release(): void;
  readonly closed: boolean;
  /** Which of all that a test has opened. */
  readonly name: string;
  /** What it was told. */
  describe(): string;
}

interface Waiter {
  readonly condition: () => boolean;
  readonly what: string;
  /** Where it is to happen; null where that is in more than one place. */
  readonly at: Opened | null;
  readonly resolve: () => void;
}

/**
 * One running test. It knows whether a call on a channel is on the stack, what the test waits for and what it opened, and
 * it collects the rules that were broken meanwhile, so that one of them fails the test even where the test looks elsewhere.
 */
export class Scope {
  /** Whether chunks must be as long as their memory. */
  readonly exactChunks: boolean;
  readonly #rule: string;
  readonly #opened: Opened[] = [];
  readonly #roles = new Map<string, number>();
  #waiters: Waiter[] = [];
  #calls = 0;
  #failure: Error | null = null;
  #reject: (error: Error) => void = () => {};

  constructor(exactChunks: boolean, rule: string) {
    this.exactChunks = exactChunks;
    this.#rule = rule;
  }

  /** A name for what has a role in the test: the first of them is `the dialling end`, the next one `dialling end 2`. */
  nameOf(role: string): string {
    const count = (this.#roles.get(role) ?? 0) + 1;
    this.#roles.set(role, count);
    return count === 1 ? `the ${role}` : `${role} ${count}`;
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
    this.#failure ??= ComplianceFailure.of(error, this.#rule);
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
  until(condition: () => boolean, what: string, at: Opened | null = null): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push({ condition, what, at, resolve }));
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
    const timer = setTimeout(() => this.broken(this.#rule, this.#whatIsMissing(timeoutMs)), timeoutMs);
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
        const open = this.#opened.filter(({ closed }) => !closed);
        this.broken('S6', `expected onClose after close, received ${seenBy(open)}`);
        resolve();
      }, this.#failure ? Math.min(timeoutMs, 1000) : timeoutMs);
    });
    await Promise.race([timedOut, this.until(() => this.#opened.every((opened) => opened.closed), 'onClose of everything')]);
    clearTimeout(timer);
    await turn();
  }

  /** What a test waits for when its time is over, and what came there instead. */
  #whatIsMissing(timeoutMs: number): string {
    const [first] = this.#waiters;
    if (first === undefined) return `expected an end within ${timeoutMs} ms, received ${seenBy(this.#opened)}`;
    const { what, at } = first;
    const expected = `expected ${what} within ${timeoutMs} ms`;
    return at === null ? `${expected}, received ${seenBy(this.#opened)}` : `${at.name}: ${expected}, received ${limited(at.describe())}`;
  }
}

/** Of how many at most a message says what they were told. */
const SHOWN = 3;

function seenBy(opened: readonly Opened[]): string {
  const seen = opened.slice(0, SHOWN).map((one) => `${one.name}: ${limited(one.describe())}`);
  return seen.join('; ') || 'nothing';
}

/** A turn of the event loop. It gives a wrong event the chance to show; nothing right is ever waited for this way. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
