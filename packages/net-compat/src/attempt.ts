import { bare } from '@netstrata/stream-core';
import type { Connection, DialOptions, ConnectSink, Endpoint, Transport } from '@netstrata/transport';

/**
 * One way to a connection: open from the call of `connect` on, where the transport can open one, then dialled. Its outcome
 * comes once, to `settled`; afterwards the connection belongs to whoever takes it.
 */
export class Attempt implements ConnectSink {
  /** Null until it is dialled, where the transport can open none before. */
  connection: Connection | null;
  #settled: ((attempt: Attempt, error: Error | null) => void) | null = null;
  #abandoned = false;
  /** It has failed: nothing more will be told of its connection. */
  #failed = false;
  #gone: (() => void) | null = null;

  constructor(connection: Connection | null) {
    this.connection = connection;
    if (connection !== null) connection.sink = this;
  }

  /** Whether it has been told where to go. */
  get dialled(): boolean {
    return this.#settled !== null;
  }

  dial(transport: Transport, endpoint: Endpoint, options: DialOptions, settled: (attempt: Attempt, error: Error | null) => void): void {
    const connection = this.#failed ? null : this.connection;
    this.#failed = false;
    this.#settled = settled;
    this.connection = transport.connect(endpoint, this, connection === null ? options : bare({ ...options, from: connection }));
  }

  /** Nobody waits for its outcome any more; `gone` is called when the connection is released. False when there is none, or none any more. */
  abandon(gone: (() => void) | null = null): boolean {
    this.#abandoned = true;
    this.#gone = gone;
    if (this.connection === null || this.#failed) return false;
    this.connection.close();
    return true;
  }

  onConnect(): void {
    if (!this.#abandoned) this.#settled!(this, null);
  }

  onClose(error: Error | null): void {
    if (this.#abandoned) {
      this.#gone?.();
    } else if (error !== null) {
      this.#failed = true;
      this.#settled?.(this, error);
    }
  }

  // Nothing of this comes before the connection is handed over: it is not reading, and nothing was written.
  onData(): void {}
  onEnd(): void {}
  onWriteDone(): void {}
  onShutdownDone(): void {}
}
