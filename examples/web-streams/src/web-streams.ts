import type { Acceptor, Capabilities, Connection, ConnectSink, Endpoint, Listener, ListenEndpoint, Transport } from '@netstrata/transport';
import { fromWebStreams, type WebStreams } from '@netstrata/transport/adapters';
import { failure } from './failure.js';
import { late } from './late.js';
import type { StreamMedium } from './medium.js';
import { StreamListener } from './stream-listener.js';

/** A transport over whatever gives pairs of WHATWG streams. */
export function overWebStreams(medium: StreamMedium): Transport {
  return new WebStreamsTransport(medium);
}

class WebStreamsTransport implements Transport {
  readonly name = 'web-streams';
  readonly capabilities: Capabilities;
  readonly listen?: (endpoint: ListenEndpoint, acceptor: Acceptor) => Listener;
  readonly #medium: StreamMedium;

  constructor(medium: StreamMedium) {
    const { halfClose = true, reset = true } = medium;
    const listen = medium.listen !== undefined;
    this.#medium = medium;
    this.capabilities = {
      halfClose, reset, listen,
      bind: false, adopt: false, noDelay: false, keepAlive: false, typeOfService: false, open: false,
    };
    // What the medium cannot do must not be there.
    if (listen) this.listen = (endpoint, acceptor) => new StreamListener(medium, endpoint, acceptor);
  }

  connect(endpoint: Endpoint, sink: ConnectSink): Connection {
    const pair = this.#dial(endpoint);
    // It can be closed before there is a pair, and fails by itself if there never is one.
    const connection = fromWebStreams(late(pair), { remote: endpoint });
    connection.sink = sink;
    pair.then(
      // Without endpoints it was closed meanwhile.
      () => queueMicrotask(() => connection.remote !== null && sink.onConnect()),
      () => {},
    );
    return connection;
  }

  async #dial(endpoint: Endpoint): Promise<WebStreams> {
    try {
      return await this.#medium.dial(endpoint);
    } catch (reason) {
      throw failure({ syscall: 'connect', code: 'ECONNREFUSED', endpoint }, reason);
    }
  }
}
