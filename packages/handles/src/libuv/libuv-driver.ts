import {
  adoptOptionsOf, connectOptionsOf, isPathEndpoint, listenEndpointOf, listenOptionsOf, openOptionsOf, systemError,
  type Acceptor, type AdoptOptions, type Connection, type ConnectSink, type DialOptions, type Endpoint, type Listener, type ListenEndpoint,
  type ListenerOptions, type OpenOptions,
} from '@netstrata/transport';
import type { HandleDriver } from '../contract/handle-driver.js';
import { bindFlags, bindRefusal } from '../native/bind-options.js';
import { workerCluster } from '../native/cluster-worker.js';
import { handleOfDescriptor } from '../native/descriptor.js';
import { checkHandle, notePath } from '../native/native-handle.js';
import { hasFailed, type StreamHandle } from '../native/stream-handle.js';
import { bindAndAsk } from './binding/bind.js';
import type { Bindings } from './binding/bindings.js';
import { startConnect, type Dialling } from './connect/start-connect.js';
import { connectionOver } from './connection/connection-over.js';
import { isLeaving } from './connection/handle-callbacks.js';
import { LentConnection } from './connection/lent-connection.js';
import type { LibuvConnection } from './connection/libuv-connection.js';
import { LibuvContext } from './connection/libuv-context.js';
import { LibuvListener } from './listen/libuv-listener.js';
import { listenAlone } from './listen/listen-alone.js';
import { listenShared } from './listen/listen-shared.js';

/** Owns the driver over Node's own handles. */
export function createLibuvDriver(bindings: Bindings): HandleDriver {
  return new LibuvDriver(bindings);
}

class LibuvDriver implements HandleDriver {
  readonly name = 'libuv';
  readonly lends = true;
  readonly #bindings: Bindings;
  readonly #uv: LibuvContext;

  constructor(bindings: Bindings) {
    this.#bindings = bindings;
    this.#uv = new LibuvContext(bindings);
  }

  get typeOfService(): boolean {
    return typeof (this.#bindings.TCP.prototype as StreamHandle).setTypeOfService === 'function';
  }

  open(kind: 'tcp' | 'pipe', given?: OpenOptions): LibuvConnection {
    const options = openOptionsOf(given);
    const { local } = options;
    const { TCP, Pipe, SOCKET } = this.#bindings;
    const handle = kind === 'pipe' ? (new Pipe(SOCKET) as unknown as StreamHandle) : new TCP(SOCKET);
    if (local === undefined) return connectionOver(this.#uv, handle, null);
    const refusal = bindRefusal(local, options);
    const status = refusal === null ? bindAndAsk(handle, local, bindFlags(options)) : this.#bindings.errno(refusal);
    if (hasFailed(status)) {
      handle.close();
      throw this.#error(status, 'bind', isPathEndpoint(local) ? {} : { endpoint: local });
    }
    notePath(handle, local);
    return connectionOver(this.#uv, handle, isPathEndpoint(local) ? local : null);
  }

  connect(endpoint: Endpoint, sink: ConnectSink, given?: DialOptions): Connection {
    const options = connectOptionsOf(given);
    const connection = (options.from as Dialling | undefined) ?? this.open(isPathEndpoint(endpoint) ? 'pipe' : 'tcp');
    connection.sink = sink;
    connection.connecting(endpoint);
    startConnect(this.#bindings, connection, endpoint, options);
    return connection;
  }

  listen(where: ListenEndpoint, acceptor: Acceptor, given?: ListenerOptions): Listener {
    const endpoint = listenEndpointOf(where);
    const options = listenOptionsOf(given);
    const listener = new LibuvListener(this.#uv, acceptor);
    const refusal = bindRefusal(endpoint, options);
    if (refusal !== null) {
      listener.fail(this.#bindings.errno(refusal), 'listen', { endpoint });
      return listener;
    }
    const cluster = options.shared === true ? workerCluster() : null;
    if (cluster === null) {
      const { TCP, Pipe, SERVER } = this.#bindings;
      const handle = isPathEndpoint(endpoint) ? (new Pipe(SERVER) as unknown as StreamHandle) : new TCP(SERVER);
      listenAlone(this.#bindings, listener, handle, endpoint, options, bindFlags(options));
    } else listenShared(this.#bindings, cluster, listener, endpoint, options, bindFlags(options));
    return listener;
  }

  adoptConnection(native: unknown, given?: AdoptOptions): Connection {
    const handle = this.#handleOf(native, false);
    const { lent, shared } = adoptOptionsOf(given);
    if (lent === true) return new LentConnection(this.#uv, handle);
    if (isLeaving(handle)) throw systemError({ code: 'EBADF', syscall: 'open' });
    const shares = shared === true && this.#uv.isOwned(handle);
    const connection = connectionOver(this.#uv, handle, null, shares);
    if (shares) return connection;
    // It may have been told to read elsewhere, unless it is new. An object of JavaScript's in the shape of a handle cannot be told.
    const isNew = handle.fd === -1 && process.platform !== 'win32';
    if (!isNew && typeof handle.useUserBuffer === 'function') this.#uv.memory.share(handle);
    return connection;
  }

  adoptListener(native: unknown, acceptor: Acceptor, given?: ListenerOptions): Listener {
    const options = listenOptionsOf(given);
    const listener = new LibuvListener(this.#uv, acceptor);
    const cluster = typeof native === 'number' && options.shared === true ? workerCluster() : null;
    if (cluster !== null) listenShared(this.#bindings, cluster, listener, { fd: native as number }, options, 0);
    else listener.start(this.#handleOf(native, true), null, options);
    return listener;
  }

  #handleOf(native: unknown, listening: boolean): StreamHandle {
    if (typeof native !== 'number') return this.#bindings.adapt(checkHandle(native, listening) as StreamHandle);
    // Node makes a new handle for what is no descriptor, and would listen on a port that was not asked for.
    const isNoDescriptor = listening && !(native >= 0);
    const handle = isNoDescriptor ? this.#bindings.errno('EBADF') : handleOfDescriptor(native, listening);
    if (typeof handle !== 'number') return this.#bindings.adapt(handle as StreamHandle);
    throw listening ? this.#error(handle, 'listen', { address: null }) : this.#error(handle, 'open', {});
  }

  #error(errno: number, syscall: string, where: { endpoint?: Endpoint; address?: null }): Error {
    return systemError({ errno, errors: this.#bindings.errors, syscall, ...where });
  }
}
