import type { Clock } from '../runtime/clock.js';

/** How many hosts a net remembers something of. */
const MOST = 256;
/** Milliseconds after which it is forgotten, and the order of the resolver counts again. */
const LONGEST = 600_000;

interface Found {
  readonly address: string;
  readonly family: number;
  readonly until: number;
}

/**
 * Which address of a host has answered although another was tried before it: that one goes first the next time (RFC 8305 section 4 lets a
 * client use what it knows). Nothing is kept of a host whose first address answers, so that what a resolver does to share the load works.
 */
export class WhatWorked {
  readonly #hosts = new Map<string, Found>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get #now(): number { return this.#clock.now?.() ?? 0; }

  of(host: string): Found | undefined {
    const found = this.#hosts.get(host);
    if (found === undefined || found.until >= this.#now) return found;
    this.#hosts.delete(host);
    return undefined;
  }

  keep(host: string, { address, family }: { readonly address: string; readonly family: number }): void {
    this.#hosts.delete(host);
    if (this.#hosts.size >= MOST) this.#hosts.delete(this.#hosts.keys().next().value!);
    this.#hosts.set(host, { address, family, until: this.#now + LONGEST });
  }

  forget(host: string): void {
    this.#hosts.delete(host);
  }
}
