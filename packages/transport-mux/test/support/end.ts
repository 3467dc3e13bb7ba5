import type { ConnectSink } from '@netstrata/transport';
import type { Connection, Endpoint, Transport } from '@netstrata/transport';

/** One end of a stream: what it was told, to be waited for. */
export class End implements ConnectSink {
  connection!: Connection;
  readonly events: string[] = [];
  received = 0;
  error: Error | null | undefined;
  #wake = (): void => {};

  static dial(transport: Transport, endpoint: Endpoint = { path: 'there' }): End {
    const end = new End();
    end.connection = transport.connect(endpoint, end);
    return end;
  }

  static of(connection: Connection): End {
    const end = new End();
    end.connection = connection;
    connection.sink = end;
    return end;
  }

  #told(event: string): void {
    this.events.push(event);
    this.#wake();
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  /** Waits for an event, and gives all so far. */
  async event(event: string): Promise<string[]> {
    await this.until(() => this.events.includes(event) || this.error !== undefined);
    return this.events;
  }

  async closed(): Promise<Error & { code?: string; syscall?: string; cause?: unknown } | null> {
    await this.until(() => this.error !== undefined);
    return this.error!;
  }

  onConnect(): void { this.#told('connect'); }
  onData({ length }: Uint8Array): void {
    this.received += length;
    this.#told('data');
  }
  onEnd(): void { this.#told('end'); }
  onWriteDone(): void { this.#told('written'); }
  onShutdownDone(): void { this.#told('shut down'); }
  onClose(error: Error | null): void {
    this.error = error;
    this.#told('close');
  }
}

/** Listens there, and keeps what comes. */
export function accepting(transport: Transport, onEnd: (end: End) => void = () => {}): Promise<End[]> {
  return new Promise((resolve, reject) => {
    const ends: End[] = [];
    transport.listen!({ path: 'there' }, {
      onListening: () => resolve(ends),
      onConnection(connection) {
        const end = End.of(connection);
        ends.push(end);
        onEnd(end);
      },
      onAcceptError: reject,
      onClose: (error) => error && reject(error),
    });
  });
}
