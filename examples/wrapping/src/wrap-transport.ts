import type {
  Acceptor, Capabilities, Connection, DialOptions, ConnectSink, Endpoint, Listener, ListenEndpoint, ListenerOptions, Transport,
} from '@netstrata/transport';
import type { Wrapped } from './wrapped.js';

/** Makes what stands on an inner connection, with the sink that dialled and what it dialled; null for one that was accepted. */
export type Wrap = (dialling: ConnectSink | null, endpoint: Endpoint | null) => Wrapped;

/** A transport whose connections are those of another one, wrapped. */
export function wrapTransport(name: string, inner: Transport, wrap: Wrap): Transport {
  return new WrappingTransport(name, inner, wrap);
}

class WrappingTransport implements Transport {
  readonly name: string;
  readonly listen?: (endpoint: ListenEndpoint, acceptor: Acceptor, options?: ListenerOptions) => Listener;
  readonly #inner: Transport;
  readonly #wrap: Wrap;

  constructor(name: string, inner: Transport, wrap: Wrap) {
    this.name = `${name} ${inner.name}`;
    this.#inner = inner;
    this.#wrap = wrap;
    if (inner.listen) {
      this.listen = (endpoint, acceptor, options) => withoutNative(inner.listen!(endpoint, new WrappingAcceptor(acceptor, wrap), options));
    }
  }

  /** A handle that was given away would be used without what is wrapped around it. */
  get capabilities(): Capabilities {
    return { ...this.#inner.capabilities, adopt: false, lend: false, open: false };
  }

  connect(endpoint: Endpoint, sink: ConnectSink, options?: DialOptions): Connection {
    const wrapped = this.#wrap(sink, endpoint);
    return wrapped.attach(this.#inner.connect(endpoint, wrapped, options));
  }
}

class WrappingAcceptor implements Acceptor {
  readonly #acceptor: Acceptor;
  readonly #wrap: Wrap;

  constructor(acceptor: Acceptor, wrap: Wrap) {
    this.#acceptor = acceptor;
    this.#wrap = wrap;
  }

  get owner(): unknown {
    return this.#acceptor.owner;
  }

  onListening(): void {
    this.#acceptor.onListening();
  }

  onConnection(connection: Connection): void {
    this.#acceptor.onConnection(this.#wrap(null, null).attach(connection));
  }

  onAcceptError(error: Error): void {
    this.#acceptor.onAcceptError(error);
  }

  onClose(error: Error | null): void {
    this.#acceptor.onClose(error);
  }
}

function withoutNative(listener: Listener): Listener {
  return {
    get local() {
      return listener.local;
    },
    close: () => listener.close(),
    ref: () => listener.ref(),
    unref: () => listener.unref(),
  };
}
