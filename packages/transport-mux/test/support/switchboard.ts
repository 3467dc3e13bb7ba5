import type { Acceptor, Connection, ConnectSink, Endpoint, Listener, ListenEndpoint, Transport } from '@netstrata/transport';

/**
 * For the suite, which listens on several names at once: each name leads to a carrier of its own, as a session has one listener at a time.
 */
export class Switchboard {
  readonly #pairs = new Map<string, readonly [dials: Transport, listens: Transport]>();
  readonly dialling: Transport;
  readonly listening: Transport;

  constructor({ name, capabilities }: Transport) {
    this.dialling = {
      name,
      capabilities,
      connect: (endpoint: Endpoint, sink: ConnectSink): Connection => this.#at(endpoint)[0].connect(endpoint, sink),
      listen: (endpoint: ListenEndpoint, acceptor: Acceptor): Listener => this.#at(endpoint)[0].listen!(endpoint, acceptor),
    };
    this.listening = {
      name,
      capabilities,
      connect: (endpoint: Endpoint, sink: ConnectSink): Connection => this.#at(endpoint)[1].connect(endpoint, sink),
      listen: (endpoint: ListenEndpoint, acceptor: Acceptor): Listener => this.#at(endpoint)[1].listen!(endpoint, acceptor),
    };
  }

  #at(endpoint: ListenEndpoint): readonly [Transport, Transport] {
    return this.#pairs.get((endpoint as { path: string }).path)!;
  }

  /** A name for a pair of transports that lead to each other. */
  add(pair: readonly [dials: Transport, listens: Transport]): { path: string } {
    const path = `name-${this.#pairs.size + 1}`;
    this.#pairs.set(path, pair);
    return { path };
  }
}
