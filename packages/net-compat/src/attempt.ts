import type { Connection, ConnectOptions, ConnectSink, Endpoint, Transport } from '@netstrata/transport';

/** One attempt to connect. Its outcome comes once, to `settled`; afterwards the connection belongs to whoever takes it. */
export class Attempt implements ConnectSink {
  readonly connection: Connection;
  readonly #settled: (attempt: Attempt, error: Error | null) => void;
  #abandoned = false;
  #gone: (() => void) | null = null;

  constructor(transport: Transport, endpoint: Endpoint, options: ConnectOptions, settled: (attempt: Attempt, error: Error | null) => void) {
    this.#settled = settled;
    this.connection = transport.connect(endpoint, this, options);
  }

  /** Nobody waits for its outcome any more; `gone` is called when the connection is released. */
  abandon(gone: (() => void) | null = null): void {
    this.#abandoned = true;
    this.#gone = gone;
    this.connection.close();
  }

  onConnect(): void {
    if (!this.#abandoned) this.#settled(this, null);
  }

  onClose(error: Error | null): void {
    if (this.#abandoned) this.#gone?.();
    else if (error !== null) this.#settled(this, error);
  }

  // Nothing of this comes before the connection is handed over: it is not reading, and nothing was written.
  onData(): void {}
  onEnd(): void {}
  onWriteDone(): void {}
  onShutdownDone(): void {}
}
