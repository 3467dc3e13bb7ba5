import {
  connectOptionsOf, isPathEndpoint, listenEndpointOf, listenOptionsOf, openOptionsOf, systemError,
  type Acceptor, type Connection, type DialOptions, type ConnectSink, type Endpoint, type InetEndpoint, type Listener, type ListenEndpoint,
  type ListenerOptions, type OpenOptions,
} from '@netstrata/transport';
import type { HandleDriver } from '../contract/handle-driver.js';
import { checkHandle, handleOfDescriptor, pathOf } from '../native/native-handle.js';
import type { Bindings, ConnectRequest, PipeHandle, StreamHandle } from './binding/bindings.js';
import { isInvalidPath } from '../native/socket-path.js';
import { askedFor, askPrimary, isDescriptor, isElsewhere, workerCluster, type SharedEndpoint, type WorkerCluster } from '../native/cluster-worker.js';
import { connectionOver } from './connection/connection-over.js';
import { HandleTools } from './connection/libuv-context.js';
import { isLeaving, writeComplete, type LibuvConnection } from './connection/libuv-connection.js';
import { LibuvListener } from './libuv-listener.js';
import { readShared } from './memory/read-memory.js';
import { dialObserved, mayBeObserved } from './connect/connect-entry.js';

const DEFAULT_BACKLOG = 511;

type Settled = NonNullable<ConnectRequest['oncomplete']>;

/** The driver over Node's own handles. */
export function createLibuvDriver(bindings: Bindings): HandleDriver {
  return new LibuvDriver(bindings);
}

class LibuvDriver implements HandleDriver {
  readonly name = 'libuv';
  readonly #uv: HandleTools;

  constructor(bindings: Bindings) {
    this.#uv = new HandleTools(bindings, writeComplete);
  }

  get typeOfService(): boolean {
    return typeof (this.#uv.bindings.TCP.prototype as StreamHandle).setTypeOfService === 'function';
  }

  open(kind: 'tcp' | 'pipe', given?: OpenOptions): LibuvConnection {
    const { local, ipv6Only, reusePort } = openOptionsOf(given);
    const { bindings } = this.#uv;
    const handle = kind === 'pipe' ? (new bindings.Pipe(bindings.SOCKET) as unknown as StreamHandle) : new bindings.TCP(bindings.SOCKET);
    if (local === undefined) return connectionOver(this.#uv, handle, null);
    const flags = this.#flags({ ipv6Only, reusePort });
    const path = isPathEndpoint(local) ? local : null;
    const refusal = flags < 0 ? 'ENOTSUP' : path !== null && isInvalidPath(path.path) ? 'EINVAL' : null;
    const status = refusal === null ? bindNear(handle, local, flags) : bindings.errno(refusal);
    if (status !== 0) {
      handle.close();
      throw systemError({ errno: status, errors: bindings.errors, syscall: 'bind', ...(path === null && { endpoint: local }) });
    }
    // A listener that takes it over cannot ask where it is.
    if (path !== null) (handle as { [pathOf]?: Endpoint })[pathOf] = path;
    return connectionOver(this.#uv, handle, path);
  }

  connect(endpoint: Endpoint, sink: ConnectSink, given?: DialOptions): Connection {
    const options = connectOptionsOf(given);
    const { bindings } = this.#uv;
    const connection = (options.from as LibuvConnection | undefined) ?? this.open(isPathEndpoint(endpoint) ? 'pipe' : 'tcp');
    const handle = connection.native as StreamHandle;
    connection.sink = sink;
    connection.dialled(endpoint);
    const refusal = this.#refusalOf(handle, endpoint);
    const near = refusal === null && !isPathEndpoint(endpoint) && (options.localAddress !== undefined || options.localPort !== undefined);
    const local = near ? localOf(endpoint, options) : null;
    if (local !== null) {
      const bound = bindTo(handle, local, 0);
      const status = bound === 0 && !isBoundTo(handle, local.port) ? bindings.errno('EADDRINUSE') : bound;
      if (status !== 0) {
        process.nextTick(() => {
          connection.fail(status, 'bind', local);
        });
        return connection;
      }
    }
    if (options.typeOfService !== undefined) handle.setTypeOfService?.(options.typeOfService);
    const settled: Settled = (status, _handle, _request, readable) => {
      // A pipe that was bound first counts as connected, and is not open for reading and writing.
      if (status === 0 && !readable && isPathEndpoint(endpoint) && handle.fd !== undefined) (handle as unknown as PipeHandle).open(handle.fd);
      // Node says where from only when the port was chosen.
      connection.connected(status, endpoint, local?.port ? local : null);
    };
    const status = refusal === null ? this.#dial(handle, endpoint, settled) : bindings.errno(refusal);
    if (status !== 0) {
      process.nextTick(() => {
        connection.fail(status, 'connect', endpoint, null, addressOf(handle));
      });
    }
    return connection;
  }

  /** Where a handle cannot go. Told to go where only the other kind goes, it would abort the process. */
  #refusalOf(handle: StreamHandle, endpoint: Endpoint): 'EINVAL' | null {
    const { TCP, Pipe } = this.#uv.bindings;
    return isPathEndpoint(endpoint) ? (isInvalidPath(endpoint.path) || handle instanceof TCP ? 'EINVAL' : null) : handle instanceof Pipe ? 'EINVAL' : null;
  }

  #dial(handle: StreamHandle, endpoint: Endpoint, settled: Settled): number {
    const { bindings } = this.#uv;
    if (!isPathEndpoint(endpoint) && mayBeObserved()) {
      const status = dialObserved(handle, endpoint, settled);
      if (status !== null) return status;
    }
    const request = isPathEndpoint(endpoint) ? new bindings.PipeConnectWrap() : new bindings.TCPConnectWrap();
    request.oncomplete = settled;
    return dial(handle, request, endpoint);
  }

  listen(where: ListenEndpoint, acceptor: Acceptor, given?: ListenerOptions): Listener {
    const endpoint = listenEndpointOf(where);
    const options = listenOptionsOf(given);
    const listener = new LibuvListener(this.#uv, acceptor);
    const { errno } = this.#uv.bindings;
    const flags = this.#flags(options);
    if (flags < 0 || (isPathEndpoint(endpoint) && isInvalidPath(endpoint.path))) {
      listener.fail(errno(flags < 0 ? 'ENOTSUP' : 'EINVAL'), 'listen', { endpoint });
      return listener;
    }
    const cluster = options.shared === true ? workerCluster() : null;
    if (cluster === null) this.#listenAlone(listener, endpoint, options, flags);
    else this.#listenShared(cluster, listener, endpoint, options, flags);
    return listener;
  }

  #listenAlone(listener: LibuvListener, endpoint: ListenEndpoint, options: ListenerOptions, flags: number): void {
    let at = endpoint;
    let bound: StreamHandle | number;
    if (isPathEndpoint(at)) {
      bound = this.#bindPath(at.path, options);
    } else {
      at = at.address === undefined ? { address: '::', port: at.port, family: 'IPv6' } : at;
      bound = this.#bind(at, flags);
      if (endpoint !== at && typeof bound === 'number') {
        // As Node does, whatever the reason: all of IPv4 then.
        at = { address: '0.0.0.0', port: at.port, family: 'IPv4' };
        bound = this.#bind(at, flags);
      }
    }
    if (typeof bound === 'number') listener.fail(bound, 'listen', { endpoint: at });
    else listener.start(bound, at, options.backlog ?? DEFAULT_BACKLOG);
  }

  #listenShared(cluster: WorkerCluster, listener: LibuvListener, endpoint: SharedEndpoint, options: ListenerOptions, flags: number): void {
    const server = {
      once: (_event: 'listening', tell: () => void): void => {
        listener.onListening = tell;
      },
      address: () => listener.local,
    };
    askPrimary(cluster, endpoint, options, flags, server, (answered, handle) => {
      const status = answered === 0 && isElsewhere(handle, endpoint) ? this.#uv.bindings.errno('EADDRINUSE') : answered;
      if (listener.closed || status !== 0) handle?.close();
      if (status !== 0) listener.fail(status, 'bind', askedFor(endpoint));
      else if (!listener.closed) listener.start(handle!, isDescriptor(endpoint) ? null : endpoint, options.backlog ?? DEFAULT_BACKLOG);
    });
  }

  /** Negative when an option needs what this libuv does not have. */
  #flags(options: ListenerOptions): number {
    const { IPV6ONLY, REUSEPORT } = this.#uv.bindings;
    if (options.reusePort === true && REUSEPORT === undefined) return -1;
    return (options.ipv6Only === true ? IPV6ONLY : 0) | (options.reusePort === true ? REUSEPORT! : 0);
  }

  /** A handle that is bound, or the error. */
  #bind(at: InetEndpoint, flags: number): StreamHandle | number {
    const { bindings } = this.#uv;
    const handle = new bindings.TCP(bindings.SERVER);
    const status = bindTo(handle, at, flags);
    if (status === 0) return handle;
    handle.close();
    return status;
  }

  /** A handle that is bound, or the error. */
  #bindPath(path: string, options: ListenerOptions): StreamHandle | number {
    const { bindings } = this.#uv;
    const pipe = new bindings.Pipe(bindings.SERVER);
    const status = bindPipe(bindings, pipe, path, options);
    if (status === 0) return pipe as unknown as StreamHandle;
    pipe.close();
    return status;
  }

  adoptConnection(native: unknown): Connection {
    const handle = this.#handleOf(native, false);
    if (isLeaving(handle)) throw systemError({ code: 'EBADF', syscall: 'open' });
    const connection = connectionOver(this.#uv, handle, null);
    // Somebody else may have told it where to read. An object of JavaScript's in the shape of a handle has no such method: tests are made of such.
    if (typeof handle.useUserBuffer === 'function') readShared(handle);
    return connection;
  }

  adoptListener(native: unknown, acceptor: Acceptor, given?: ListenerOptions): Listener {
    const options = listenOptionsOf(given);
    const listener = new LibuvListener(this.#uv, acceptor);
    const cluster = typeof native === 'number' && options.shared === true ? workerCluster() : null;
    if (cluster !== null) this.#listenShared(cluster, listener, { fd: native as number }, options, 0);
    else listener.start(this.#handleOf(native, true), null, options.backlog ?? DEFAULT_BACKLOG);
    return listener;
  }

  #handleOf(native: unknown, listening: boolean): StreamHandle {
    if (typeof native === 'number') {
      // Node makes a new handle for what is no descriptor, and would listen on a port that nobody asked for.
      const handle = listening && !(native >= 0) ? this.#uv.bindings.errno('EBADF') : handleOfDescriptor(native, listening);
      if (typeof handle === 'number') throw systemError({ errno: handle, errors: this.#uv.bindings.errors, syscall: listening ? 'listen' : 'open', ...(listening && { address: null }) });
      return handle as StreamHandle;
    }
    return checkHandle(native, listening) as StreamHandle;
  }
}

function localOf(remote: Endpoint, options: DialOptions): { address: string; port: number; family: 'IPv4' | 'IPv6' } {
  // A near end of the other family is refused with EINVAL.
  const family = 'family' in remote ? remote.family : 'IPv4';
  return { address: options.localAddress ?? (family === 'IPv6' ? '::' : '0.0.0.0'), port: options.localPort ?? 0, family };
}

function bindTo(handle: StreamHandle, at: { address: string; port: number; family: string }, flags: number): number {
  return at.family === 'IPv6' ? handle.bind6(at.address, at.port, flags) : handle.bind(at.address, at.port, flags);
}

/** As Node: that a port is taken, libuv keeps back; the handle then is not bound to it. */
function isBoundTo(handle: StreamHandle, port: number): boolean {
  return port === 0 || addressOf(handle)?.port === port;
}

function addressOf(handle: StreamHandle): { address: string; port: number } | null {
  const out: { address?: string; port?: number } = {};
  if (typeof handle.getsockname !== 'function' || handle.getsockname(out) !== 0) return null;
  return { address: out.address!, port: out.port! };
}

/** That a port is taken, libuv keeps back until something is asked of the handle. */
function bindNear(handle: StreamHandle, at: Endpoint, flags: number): number {
  return isPathEndpoint(at) ? (handle as unknown as PipeHandle).bind(at.path) : bindTo(handle, at, flags) || handle.getsockname!({});
}

function bindPipe(bindings: Bindings, pipe: PipeHandle, path: string, options: ListenerOptions): number {
  const status = pipe.bind(path);
  const mode = (options.readableAll === true ? bindings.READABLE : 0) | (options.writableAll === true ? bindings.WRITABLE : 0);
  return status !== 0 || mode === 0 ? status : pipe.fchmod!(mode);
}

function dial(handle: StreamHandle, request: ConnectRequest, endpoint: Endpoint): number {
  // A pipe's connect gives nothing back on some versions.
  if (isPathEndpoint(endpoint)) return (handle as unknown as PipeHandle).connect(request, endpoint.path) ?? 0;
  return endpoint.family === 'IPv6' ? handle.connect6(request, endpoint.address, endpoint.port) : handle.connect(request, endpoint.address, endpoint.port);
}
