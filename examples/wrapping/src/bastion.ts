import { codedError } from '@netstrata/stream-core';
import {
  isNameEndpoint, isPathEndpoint,
  type Capabilities, type Connection, type ConnectSink, type DialEndpoint, type Endpoint, type ResolvingTransport, type Transport,
} from '@netstrata/transport';
import { BastionConnection } from './bastion-connection.js';

/** A transport that dials from another machine, where a `relay` listens, which `transport` reaches at `where`. Names are resolved there. */
export function throughBastion(transport: Transport, where: Endpoint): ResolvingTransport {
  return new BastionTransport(transport, where);
}

class BastionTransport implements ResolvingTransport {
  readonly name = 'bastion';
  readonly #inner: Transport;
  readonly #where: Endpoint;

  constructor(inner: Transport, where: Endpoint) {
    this.#inner = inner;
    this.#where = where;
  }

  /** The near end that could be bound, and the handle that could be opened, are those of the way to the bastion. */
  get capabilities(): Capabilities & { readonly names: true } {
    return { ...this.#inner.capabilities, listen: false, bind: false, adopt: false, lend: false, open: false, names: true };
  }

  connect(endpoint: DialEndpoint, sink: ConnectSink): Connection {
    if (isPathEndpoint(endpoint)) throw codedError(TypeError, 'ERR_INVALID_ARG_VALUE', 'The bastion transport takes no paths');
    const host = isNameEndpoint(endpoint) ? endpoint.host : endpoint.address;
    const connection = new BastionConnection(sink, endpoint, { host, port: endpoint.port });
    return connection.attach(this.#inner.connect(this.#where, connection));
  }
}
