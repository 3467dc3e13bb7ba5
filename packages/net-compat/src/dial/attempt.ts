import { bare } from '@netstrata/stream-core';
import type { Connection, DialEndpoint, DialOptions, ConnectSink, ResolvingTransport, Transport } from '@netstrata/transport';
import { connectedTooEarly } from '../args/errors.js';

/** What came of an attempt: its connection is the caller's where there is no error. */
export type Settled = (attempt: Attempt, error: Error | null) => void;

/**
 * One way to a connection: open from the call of `connect` on, where the transport can open one, then dialled. It owns the connection until
 * its outcome is reported, once, to `settled`.
 */
export class Attempt implements ConnectSink {
  /** Null until it is dialled, where the transport can open none before. */
  connection: Connection | null;
  /** Where it goes is to be looked up first. */
  hasName = false;
  #settled: Settled | null = null;
  #isAbandoned = false;
  /** It has failed: its connection reports nothing more. */
  #hasFailed = false;
  #released: (() => void) | null = null;

  constructor(connection: Connection | null) {
    this.connection = connection;
    if (connection !== null) connection.sink = this;
  }

  /** Whether it was given an endpoint. */
  get dialled(): boolean {
    return this.#settled !== null;
  }

  /** A name is being looked up; nobody knows whether an answer comes. */
  get isLookingUp(): boolean {
    return this.hasName && !this.dialled;
  }

  /** It is about to try another address, and has no connection. */
  get isBetween(): boolean {
    return false;
  }

  /** Begins to connect to an endpoint: a name only by a transport that resolves names. */
  start(transport: Transport, endpoint: DialEndpoint, options: DialOptions, settled: Settled): void {
    const connection = this.#hasFailed ? null : this.connection;
    this.#hasFailed = false;
    this.#settled = settled;
    const dial = transport as ResolvingTransport;
    this.connection = dial.connect(endpoint, this, connection === null ? options : bare({ ...options, from: connection }));
  }

  /** Lets it keep the process alive, or not. */
  hold(on: boolean): void {
    if (on) this.connection?.ref();
    else this.connection?.unref();
  }

  /** Its outcome is ignored from now on; `released` is called when the connection is released. False when there is none (any more). */
  abandon(released: (() => void) | null = null): boolean {
    this.#isAbandoned = true;
    this.#released = released;
    if (this.connection === null || this.#hasFailed) return false;
    this.connection.close();
    return true;
  }

  onConnect(): void {
    if (this.#isAbandoned) return;
    // By its types it is there: transports are written in JavaScript too.
    if (!this.connection) throw connectedTooEarly();
    this.#settled!(this, null);
  }

  onClose(error: Error | null): void {
    if (this.#isAbandoned) {
      this.#released?.();
    } else if (error !== null) {
      this.#hasFailed = true;
      this.#settled?.(this, error);
    }
  }

  // None of this comes before the connection is handed over: it is not reading, and nothing was written.
  onData(): void {}
  onEnd(): void {}
  onWriteDone(): void {}
  onShutdownDone(): void {}
}
