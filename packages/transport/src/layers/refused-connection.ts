import type { Endpoint } from '../contract/endpoint.js';
import type { Connection, ConnectSink } from '../contract/transport.js';
import { LayerConnection } from './layer-connection.js';

class RefusedConnection extends LayerConnection {
  readonly #remote: Endpoint | null;

  constructor(sink: ConnectSink, error: Error, remote: Endpoint | null, from: Connection | undefined) {
    super(sink);
    this.#remote = remote;
    if (from !== undefined) this.attach(from);
    this.fail(error);
  }

  override get remote(): Endpoint | null {
    return this.isOpen ? this.#remote : null;
  }

  protected ended(): void {}
}

/**
 * A connection that is not made: `onClose(error)` comes later, or null where it is closed before. What was given as `from` is closed.
 * @param remote what was dialled; null for a name
 */
export function refusedConnection(sink: ConnectSink, error: Error, remote: Endpoint | null, from?: Connection): Connection {
  return new RefusedConnection(sink, error, remote, from);
}
