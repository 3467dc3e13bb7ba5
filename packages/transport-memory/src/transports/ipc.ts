import { codedError } from '@netstrata/stream-core';
import {
  connectOptionsOf, isPathEndpoint, listenOptionsOf, openOptionsOf, systemError,
  type Acceptor, type Capabilities, type Connection, type ConnectOptions, type ConnectSink, type Endpoint, type Listener, type ListenEndpoint,
  type ListenOptions, type OpenOptions, type PathEndpoint, type SystemError, type Transport,
} from '@netstrata/transport';
import { MemoryConnection } from '../kernel/connection.js';
import { Dial } from '../dial/dial.js';
import { MemoryListener } from '../kernel/listener.js';
import type { Stack } from '../kernel/kernel.js';

const CAPABILITIES: Capabilities = {
  halfClose: true, reset: false, listen: true, bind: false, adopt: false, noDelay: false, keepAlive: false, typeOfService: false, open: true,
};

/** A connection between paths of one host. */
export class IpcConnection extends MemoryConnection {
  override readonly medium = 'ipc';

  /** There is no reset here. */
  override abort(): void {
    this.close();
  }
}

/** The paths of one host: UNIX sockets, as it were. They are of no file system, and any text will do. */
export class IpcTransport implements Transport {
  readonly name = 'memory-ipc';
  readonly capabilities = CAPABILITIES;
  readonly #stack: Stack;

  constructor(stack: Stack) {
    this.#stack = stack;
  }

  /** Throws ERR_INVALID_ARG_VALUE for what is no path; everything else comes to `sink.onClose`. */
  connect(endpoint: Endpoint, sink: ConnectSink, options?: ConnectOptions): Connection {
    const to = checked(endpoint);
    const connection = (connectOptionsOf(options).from as MemoryConnection | undefined) ?? this.#stack.host.createConnection('ipc');
    return connection.connect(sink, () => this.#dial(connection, to));
  }

  open(options?: OpenOptions): Connection {
    const { local } = openOptionsOf(options);
    if (local !== undefined) checked(local);
    const connection = this.#stack.host.createConnection('ipc');
    if (local !== undefined) connection.localEnd = local;
    return connection;
  }

  listen(endpoint: ListenEndpoint, acceptor: Acceptor, options?: ListenOptions): Listener {
    const { backlog } = listenOptionsOf(options);
    const where = checked(endpoint);
    const { paths } = this.#stack;
    const listener = new MemoryListener(this.#stack, where, null, acceptor, backlog);
    const code = paths.has(where.path) ? 'EADDRINUSE' : !this.#stack.openFile() ? 'EMFILE' : null;
    if (code !== null) {
      listener.failed(systemError({ code, syscall: 'listen', endpoint: where }));
      return listener;
    }
    paths.set(where.path, listener);
    listener.began();
    return listener;
  }

  #dial(connection: MemoryConnection, to: PathEndpoint): SystemError | null {
    const { host, paths } = this.#stack;
    const { network } = host;
    // A path is connected at once, or never: there is no being on the way.
    if (connection.isConnecting || connection.outgoing !== null) return systemError({ code: 'EISCONN', syscall: 'connect', endpoint: to });
    if (!connection.openFile()) return systemError({ code: 'EMFILE', syscall: 'connect', endpoint: to });
    connection.remoteEnd = to;
    connection.id = network.nextConnection();
    connection.note('connect', 0);
    new Dial(connection, to, {
      host,
      path: network.pathOfPaths,
      back: network.pathOfPaths,
      find: () => paths.get(to.path) ?? null,
      isIgnored: () => false,
      ends: () => [to, connection.localEnd],
      near: null,
    }).begin();
    return null;
  }
}

function checked(endpoint: ListenEndpoint): PathEndpoint {
  if (isPathEndpoint(endpoint) && typeof endpoint.path === 'string' && endpoint.path !== '' && !endpoint.path.includes('\0', 1)) return endpoint;
  throw codedError(TypeError, 'ERR_INVALID_ARG_VALUE', 'This transport takes paths, without a NUL but for the first character of an abstract name');
}
