import type {
  Acceptor, Connection, ConnectSink, DialEndpoint, DialOptions, InetEndpoint, Listener, ListenEndpoint, ResolvingTransport, Transport,
} from '@netstrata/transport';
import type { AddressDenied } from '../../src/index.js';

export const inet = (address: string, port: number): InetEndpoint => ({ address, port, family: address.includes(':') ? 'IPv6' : 'IPv4' });

/** What came of a dial: null, or why there is no connection. It is closed. `onConnect` must not come for one that fails. */
export function dial(transport: Transport, endpoint: DialEndpoint, options?: DialOptions): Promise<AddressDenied | null> {
  return new Promise((resolve, reject) => {
    let isInside = true;
    let hasConnected = false;
    const sink: ConnectSink = {
      onConnect() {
        if (isInside) reject(new Error('reported inside the call'));
        hasConnected = true;
        connection.close();
      },
      onData() {},
      onEnd() {},
      onWriteDone() {},
      onShutdownDone() {},
      onClose(error) {
        if (isInside || (hasConnected && error !== null)) reject(new Error('reported inside the call, or after onConnect', { cause: error }));
        else resolve(error as AddressDenied | null);
      },
    };
    const connection = (transport as ResolvingTransport).connect(endpoint, sink, options);
    isInside = false;
  });
}

/** A listener, what it was told, and the connections that were accepted. */
export class Intake implements Acceptor {
  readonly accepted: Connection[] = [];
  listener!: Listener;
  error: Error | null | undefined = undefined;
  readonly began: Promise<this>;
  readonly #told: { listening(): void } = { listening() {} };

  private constructor() {
    this.began = new Promise((resolve) => { this.#told.listening = () => { resolve(this); }; });
  }

  /** Settles when it listens, or could not. */
  static on(transport: Transport, endpoint: ListenEndpoint): Promise<Intake> {
    return Intake.by((acceptor) => transport.listen!(endpoint, acceptor));
  }

  static by(listen: (acceptor: Acceptor) => Listener): Promise<Intake> {
    const intake = new Intake();
    intake.listener = listen(intake);
    return intake.began;
  }

  get port(): number {
    return (this.listener.local as InetEndpoint).port;
  }

  onListening(): void {
    this.#told.listening();
  }

  onConnection(connection: Connection): void {
    connection.sink = { onData() {}, onEnd() {}, onWriteDone() {}, onShutdownDone() {}, onClose() {} };
    connection.readStart();
    this.accepted.push(connection);
  }

  onAcceptError(): void {}

  onClose(error: Error | null): void {
    this.error = error;
    this.#told.listening();
  }

  /** Closes the listener and what it has accepted. */
  close(): void {
    this.listener.close();
    for (const connection of this.accepted) connection.close();
  }
}
