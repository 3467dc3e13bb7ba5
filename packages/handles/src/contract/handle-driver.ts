import type {
  Acceptor, AdoptOptions, Connection, ConnectSink, DialOptions, Endpoint, Listener, ListenEndpoint, ListenerOptions, OpenOptions,
} from '@netstrata/transport';

/**
 * What all drivers offer: the runtime's stream handles behind one interface. An endpoint with a `path` is a pipe (UNIX socket), others
 * are TCP.
 */
export interface HandleDriver {
  /** `libuv`: the handles under Node's and Deno's own sockets. `bun`: Bun's sockets. `host`: the public `node:net`, elsewhere. */
  readonly name: 'libuv' | 'bun' | 'host';
  /** Dials, as `Transport.connect` says. */
  connect(endpoint: Endpoint, sink: ConnectSink, options?: DialOptions): Connection;
  /** A connection of that kind which leads nowhere yet; `connect` uses it as `options.from`. Throws a system error of `bind`. */
  open(kind: 'tcp' | 'pipe', options?: OpenOptions): Connection;
  /** Listens, as `Transport.listen` says. */
  listen(endpoint: ListenEndpoint, acceptor: Acceptor, options?: ListenerOptions): Listener;
  /** Throws ERR_INVALID_FD_TYPE or a system error when `native` is no stream. */
  adoptConnection(native: unknown, options?: AdoptOptions): Connection;
  /** A listener of a descriptor or a native handle that is bound, as `Transport.adoptListener` says. */
  adoptListener(native: unknown, acceptor: Acceptor, options?: ListenerOptions): Listener;
  /** Whether `adoptConnection` takes handles that are only lent. */
  readonly lends: boolean;
  /** Whether connections have `setTypeOfService`. */
  readonly typeOfService: boolean;
}
