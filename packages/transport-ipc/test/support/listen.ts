import { createNodeNetDriver, getDriver } from '@netstrata/handles';
import type { Acceptor, Connection, Endpoint, Listener, ListenerOptions, Transport } from '@netstrata/transport';
import { createIpc } from '../../src/ipc.js';

/** The transport over each driver that this runtime has. */
export const TRANSPORTS: Record<string, Transport> = Object.fromEntries(
  Object.entries({ [getDriver().name]: getDriver(), host: createNodeNetDriver() }).map(([name, driver]) => [name, createIpc(driver)]),
);

const silent = { onData: () => {}, onEnd: () => {}, onWriteDone: () => {}, onShutdownDone: () => {}, onClose: () => {} };

/** A listener whose events can be waited for. */
export class Listening implements Acceptor {
  readonly listener: Listener;
  readonly listening: Promise<void>;
  readonly closed: Promise<Error | null>;
  connections = 0;
  #listens!: () => void;
  #closes!: (error: Error | null) => void;

  constructor(transport: Transport, path: string, options?: ListenerOptions) {
    this.listening = new Promise((resolve) => (this.#listens = resolve));
    this.closed = new Promise((resolve) => (this.#closes = resolve));
    this.listener = transport.listen!({ path }, this, options);
  }

  onListening(): void {
    this.#listens();
  }

  onConnection(connection: Connection): void {
    this.connections++;
    connection.sink = silent;
    connection.close();
  }

  onAcceptError(error: Error): void {
    throw error;
  }

  onClose(error: Error | null): void {
    this.#closes(error);
  }

  close(): Promise<Error | null> {
    this.listener.close();
    return this.closed;
  }
}

/** Dials a path: null when it was answered, the error otherwise. */
export function dial(transport: Transport, path: string): Promise<Error | null> {
  return new Promise((resolve) => {
    const endpoint: Endpoint = { path };
    const connection = transport.connect(endpoint, {
      ...silent,
      onConnect() {
        connection.close();
        resolve(null);
      },
      onClose: resolve,
    });
  });
}
