import type {
  Acceptor, Connection, ConnectSink, DialEndpoint, DialOptions, Listener, ListenEndpoint, ListenerOptions, NameEndpoint, ResolvingTransport,
} from '@netstrata/transport';
import type { MuxTransport } from '@netstrata/transport-mux';

/** What a page shows of a tunnel. */
export interface TunnelStatus {
  /** Of the carrier that new connections use: 'idle' before the first connection and after a carrier broke. */
  readonly state: 'idle' | 'dialling' | 'open' | 'closed';
  /** Connections, those that are being made and those that listen among them. */
  readonly streams: number;
  /** Of all carriers so far, with what the protocols add. */
  readonly bytesRead: number;
  /** The same of bytes that were sent. */
  readonly bytesWritten: number;
  /** Milliseconds of the last ping and its answer; null before there was one. */
  readonly roundTrip: number | null;
  /** How many carriers were dialled. */
  readonly dials: number;
  /** Why the last carrier ended, or could not be dialled; null where it did in order, or none has. */
  readonly lastError: Error | null;
}

/** A transport whose connections begin at a gateway. */
export interface Tunnel extends ResolvingTransport {
  /** Listens at the gateway, where its rules allow that: connections that come in there are accepted here. */
  listen(endpoint: ListenEndpoint | NameEndpoint, acceptor: Acceptor, options?: ListenerOptions): Listener;
  /** As it is now. */
  readonly status: TunnelStatus;
  /** Resets all connections and closes the carrier. What is dialled afterwards fails with ECONNABORTED. */
  close(): void;
}

export class TunnelTransport implements Tunnel {
  readonly name = 'tunnel';
  readonly capabilities: Tunnel['capabilities'];
  readonly #mux: MuxTransport;
  readonly #over: ResolvingTransport;

  constructor(mux: MuxTransport, over: ResolvingTransport) {
    this.#mux = mux;
    this.#over = over;
    this.capabilities = { ...over.capabilities, names: true };
  }

  connect(endpoint: DialEndpoint, sink: ConnectSink, options?: DialOptions): Connection {
    return this.#over.connect(endpoint, sink, options);
  }

  listen(endpoint: ListenEndpoint | NameEndpoint, acceptor: Acceptor, options?: ListenerOptions): Listener {
    return this.#over.listen!(endpoint, acceptor, options);
  }

  get status(): TunnelStatus {
    const { state, streams, bytesRead, bytesWritten, roundTrip, dials, lastError } = this.#mux;
    return { state, streams, bytesRead, bytesWritten, roundTrip, dials, lastError };
  }

  close(): void {
    this.#mux.close();
  }
}
