import { WRITE_PENDING } from '@netstrata/stream-core';
import { End } from './end.js';
import { ComplianceFailure } from './failure.js';
import type { Runner } from '../subject/runner.js';
import { Scope, turn } from './scope.js';
import type { ChannelCapabilities, Limits } from '../subject/subject.js';

export interface Pair {
  /** The end that dialled, where there is such a notion. */
  readonly a: End;
  readonly b: End;
}

export type OpenPair = (scope: Scope) => Promise<Pair>;

/** What one test gets: its scope, new pairs, and the limits. */
export class Bench {
  readonly scope: Scope;
  readonly limits: Required<Limits>;
  readonly capabilities: ChannelCapabilities;
  readonly #open: OpenPair;
  #idle: Pair | null = null;

  constructor(scope: Scope, suite: Suite) {
    this.scope = scope;
    this.limits = suite.limits;
    this.capabilities = suite.capabilities;
    this.#open = suite.open;
  }

  pair(): Promise<Pair> {
    return this.#open(this.scope);
  }

  /**
   * Two round trips over another pair, and turns of the event loop: whatever the medium was going to deliver to a channel
   * that must stay silent has had its chance. No time is waited for.
   */
  async quiet(): Promise<void> {
    if (!this.#idle) {
      this.#idle = await this.pair();
      this.#idle.a.readStart();
      this.#idle.b.readStart();
    }
    const { a, b } = this.#idle;
    for (let trip = 0; trip < 2; trip++) {
      await a.send(1);
      await b.bytes(a.sent);
      await b.send(1);
      await a.bytes(b.sent);
      await turn();
    }
  }

  /**
   * Writes to a peer that does not read until a write stays pending, and gives the chunk of that. Fails at the limit: there is no
   * backpressure.
   */
  async block(end: End): Promise<Uint8Array> {
    while (end.sent < this.limits.writeLimit) {
      const chunk = end.next(65_536);
      if (end.write(chunk) !== WRITE_PENDING) continue;
      // A pending write may only be slow, or the medium's buffers grow: it is blocked when others get on and it does not.
      for (let look = 0; look < 3 && end.pending; look++) await this.quiet();
      if (end.pending) return chunk;
    }
    const received = `${end.sent} bytes accepted for a peer that does not read`;
    throw new ComplianceFailure(`C8: ${end.name}: expected a pending write, received ${received}`);
  }
}

export interface Suite {
  readonly runner: Runner;
  readonly limits: Required<Limits>;
  readonly capabilities: ChannelCapabilities;
  readonly open: OpenPair;
}

export function limitsOf(given: Limits): Required<Limits> {
  return {
    timeoutMs: given.timeoutMs ?? 10_000,
    largeBytes: given.largeBytes ?? 4 * 1024 * 1024,
    writeLimit: given.writeLimit ?? 64 * 1024 * 1024,
    manyConnections: given.manyConnections ?? 100,
    exactChunks: given.exactChunks ?? true,
  };
}

/** Registers one test. The title begins with the rule's number in docs/how-it-works/contract.md. */
export function check(suite: Suite, rule: string, title: string, body: (bench: Bench) => Promise<void>): void {
  suite.runner.it(`${rule}: ${title}`, () => {
    const scope = new Scope(suite.limits.exactChunks, rule);
    return scope.run(() => body(new Bench(scope, suite)), suite.limits.timeoutMs);
  });
}
