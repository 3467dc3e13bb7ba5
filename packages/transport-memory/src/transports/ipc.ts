import { codedError } from '@netstrata/stream-core';
import {
  connectOptionsOf, isPathEndpoint, listenOptionsOf, openOptionsOf, systemError,
  type Acceptor, type Capabilities, type Connection, type DialOptions, type ConnectSink, type Endpoint, type Listener,
  type ListenEndpoint, type ListenerOptions, type OpenOptions, type PathEndpoint, type SystemError, type Transport,
} from '@netstrata/transport';
import { Dial } from '../dial/dial.js';
import type { MemoryConnection } from '../kernel/connection.js';
import type { Kernel } from '../kernel/kernel.js';
import { MemoryListener } from '../kernel/listener.js';
import type { Routes } from './routes.js';

const CAPABILITIES: Capabilities = {
  halfClose: true, reset: false, listen: true, bind: false, adopt: false, noDelay: false, keepAlive: false, typeOfService: false,
  open: true,
};

/** The paths of one host, like UNIX sockets. They are not files: any text can be a path. */
export class IpcTransport implements Transport {
  readonly name = 'memory-ipc';
  readonly capabilities = CAPABILITIES;
  readonly #kernel: Kernel;
  readonly #routes: Routes;

  constructor(kernel: Kernel, routes: Routes) {
    this.#kernel = kernel;
    this.#routes = routes;
  }

  /** Throws ERR_INVALID_ARG_VALUE for what is not a path; everything else is reported to `sink.onClose`. */
  connect(endpoint: Endpoint, sink: ConnectSink, options?: DialOptions): Connection {
    const to = checked(endpoint);
    const { from } = connectOptionsOf(options);
    const connection = (from as MemoryConnection | undefined) ?? this.#kernel.createConnection('ipc');
    return connection.connect(sink, () => this.#dial(connection, to));
  }

  open(options?: OpenOptions): Connection {
    const { local } = openOptionsOf(options);
    if (local !== undefined) checked(local);
    const connection = this.#kernel.createConnection('ipc');
    if (local !== undefined) connection.localEnd = local;
    return connection;
  }

  listen(endpoint: ListenEndpoint, acceptor: Acceptor, options?: ListenerOptions): Listener {
    const { backlog } = listenOptionsOf(options);
    const where = checked(endpoint);
    const { paths } = this.#kernel;
    const listener = new MemoryListener(this.#kernel, where, null, acceptor, backlog);
    const code = paths.has(where.path) ? 'EADDRINUSE' : !this.#kernel.openFile() ? 'EMFILE' : null;
    if (code !== null) {
      listener.failed(systemError({ code, syscall: 'listen', endpoint: where }));
      return listener;
    }
    paths.set(where.path, listener);
    listener.began();
    return listener;
  }

  #dial(connection: MemoryConnection, to: PathEndpoint): SystemError | null {
    const kernel = this.#kernel;
    const { pathOfPaths } = this.#routes;
    // A path is connected at once, or never.
    const isConnected = connection.isConnecting || connection.outgoing !== null;
    if (isConnected) return systemError({ code: 'EISCONN', syscall: 'connect', endpoint: to });
    if (!connection.openFile()) return systemError({ code: 'EMFILE', syscall: 'connect', endpoint: to });
    connection.remoteEnd = to;
    connection.id = this.#routes.nextConnection();
    connection.note('connect', 0);
    new Dial(connection, to, {
      path: pathOfPaths,
      back: pathOfPaths,
      isAnswering: () => !kernel.hasCrashed,
      find: () => kernel.paths.get(to.path) ?? null,
      createPeer: () => kernel.createConnection('ipc'),
      ends: () => [to, connection.localEnd],
      near: null,
    }, kernel.time).begin();
    return null;
  }
}

function checked(endpoint: ListenEndpoint): PathEndpoint {
  if (isPathEndpoint(endpoint) && isPath(endpoint.path)) return endpoint;
  const message = 'This transport takes paths, without a NUL but for the first character of an abstract name';
  throw codedError(TypeError, 'ERR_INVALID_ARG_VALUE', message);
}

function isPath(path: unknown): boolean {
  return typeof path === 'string' && path !== '' && !path.includes('\0', 1);
}
