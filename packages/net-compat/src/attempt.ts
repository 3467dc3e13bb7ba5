import type { ChannelSink } from '@netstrata/stream-core';
import type { Connection, ConnectOptions, ConnectSink, Endpoint, Transport } from '@netstrata/transport';

/** One attempt to connect. Its outcome comes once, to `settled`; afterwards the connection belongs to whoever takes it. */
export class Attempt implements ConnectSink {
  readonly connection: Connection;
  readonly #settled: (attempt: Attempt, error: Error | null) => void;
  #abandoned = false;

  constructor(transport: Transport, endpoint: Endpoint, options: ConnectOptions, settled: (attempt: Attempt, error: Error | null) => void) {
    this.#settled = settled;
    this.connection = transport.connect(endpoint, this, options);
  }

  /** Nobody waits for it any more. */
  abandon(): void {
    this.#abandoned = true;
    this.connection.close();
  }

  /** Hands the connection over to another sink. */
  handOver(sink: ChannelSink): Connection {
    this.connection.sink = sink;
    return this.connection;
  }

  onConnect(): void {
    if (!this.#abandoned) this.#settled(this, null);
  }

  onClose(error: Error | null): void {
    if (!this.#abandoned && error !== null) this.#settled(this, error);
  }

  // Nothing of this comes before the connection is handed over: it is not reading, and nothing was written.
  onData(): void {}
  onEnd(): void {}
  onWriteDone(): void {}
  onShutdownDone(): void {}
}
