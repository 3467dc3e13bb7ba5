import * as net from 'node:net';
import {
  isPathEndpoint, systemError,
  type Acceptor, type Connection, type ConnectOptions, type ConnectSink, type Endpoint, type Listener, type ListenEndpoint, type ListenOptions,
  type OpenOptions,
} from '@netstrata/transport';
import { checkHandle, pathOf } from '../descriptors.js';
import type { Driver } from '../driver.js';
import { isInvalidPath } from '../path.js';
import { connectionOver, HostConnection, HostTcpConnection } from './host-connection.js';
import { HostListener } from './host-listener.js';

/** The driver over the public `node:net`: for `--permission`, Bun, Deno, and Node versions that were not tested. */
export function createHostDriver(): Driver {
  return new HostDriver();
}

class HostDriver implements Driver {
  readonly name = 'host';
  readonly typeOfService = false;

  open(kind: 'tcp' | 'pipe', options: OpenOptions = {}): HostConnection {
    const { local } = options;
    // On a handle that is bound already nothing may start to read.
    const bound = local === undefined ? {} : { handle: bind(local, options), pauseOnCreate: true };
    const socket = new net.Socket({ ...bound, allowHalfOpen: true } as net.SocketConstructorOpts);
    socket.pause();
    return kind === 'pipe' ? new HostConnection(socket, null, local ?? null) : new HostTcpConnection(socket, null, null);
  }

  connect(endpoint: Endpoint, sink: ConnectSink, options: ConnectOptions = {}): Connection {
    const connection = (options.from as HostConnection | undefined) ?? this.open(isPathEndpoint(endpoint) ? 'pipe' : 'tcp');
    connection.sink = sink;
    const socket = connection.dial(endpoint);
    if (isPathEndpoint(endpoint)) {
      if (isInvalidPath(endpoint.path)) socket.destroy(systemError({ code: 'EINVAL', syscall: 'connect', endpoint }));
      else socket.connect({ path: endpoint.path });
    } else {
      const { localAddress, localPort } = options;
      socket.connect({
        host: endpoint.address, port: endpoint.port, family: endpoint.family === 'IPv6' ? 6 : 4,
        ...(localAddress !== undefined && { localAddress }), ...(localPort !== undefined && { localPort }),
      });
    }
    return connection;
  }

  listen(endpoint: ListenEndpoint, acceptor: Acceptor, options: ListenOptions = {}): Listener {
    const { backlog, ipv6Only, readableAll, writableAll, reusePort, shared } = options;
    const refusal = isPathEndpoint(endpoint) && isInvalidPath(endpoint.path) ? 'EINVAL' : reusePort === true && !canReusePort() ? 'ENOTSUP' : null;
    if (refusal !== null) return this.#listener(acceptor).fail(systemError({ code: refusal, syscall: 'listen', endpoint }));
    const where = isPathEndpoint(endpoint) ? { path: endpoint.path } : { port: endpoint.port, ...(endpoint.address !== undefined && { host: endpoint.address }) };
    return this.#listener(acceptor).start({
      ...where,
      backlog: backlog ?? 511,
      exclusive: shared !== true,
      ...(ipv6Only !== undefined && { ipv6Only }),
      ...(reusePort !== undefined && { reusePort }),
      ...(readableAll !== undefined && { readableAll }),
      ...(writableAll !== undefined && { writableAll }),
    });
  }

  #listener(acceptor: Acceptor): HostListener {
    return new HostListener(net.createServer({ allowHalfOpen: true, pauseOnConnect: true }), acceptor);
  }

  adoptConnection(native: unknown): Connection {
    const from = typeof native === 'number' ? { fd: native } : { handle: checkHandle(native, false), pauseOnCreate: true };
    const socket = new net.Socket({ ...from, allowHalfOpen: true, readable: true, writable: true } as net.SocketConstructorOpts);
    socket.pause();
    return connectionOver(socket, null, null);
  }

  adoptListener(native: unknown, acceptor: Acceptor, options: ListenOptions = {}): Listener {
    const backlog = options.backlog ?? 511;
    const listener = this.#listener(acceptor);
    return typeof native === 'number' ? listener.start({ fd: native, backlog } as net.ListenOptions) : listener.startOn(checkHandle(native, true), backlog);
  }
}

/** A handle that is bound, or a system error of `bind`. */
function bind(local: Endpoint, { ipv6Only, reusePort }: OpenOptions): object {
  const create = (net as unknown as { _createServerHandle?: (address: string, port: number, type: number, fd?: number, flags?: number) => object | number })._createServerHandle;
  const refusal = create === undefined || (reusePort === true && !canReusePort()) ? 'ENOTSUP' : isPathEndpoint(local) && isInvalidPath(local.path) ? 'EINVAL' : null;
  if (refusal !== null) throw systemError({ code: refusal, syscall: 'bind', ...(!isPathEndpoint(local) && { endpoint: local }) });
  const flags = (ipv6Only === true ? IPV6ONLY : 0) | (reusePort === true ? REUSEPORT : 0);
  const handle = isPathEndpoint(local) ? create!(local.path, -1, -1) : create!(local.address, local.port, local.family === 'IPv6' ? 6 : 4, undefined, flags);
  if (typeof handle === 'number') throw systemError({ errno: handle, syscall: 'bind', ...(!isPathEndpoint(local) && { endpoint: local }) });
  if (isPathEndpoint(local)) (handle as { [pathOf]?: Endpoint })[pathOf] = local;
  return handle;
}

/** `UV_TCP_IPV6ONLY` and `UV_TCP_REUSEPORT` of uv.h. */
const IPV6ONLY = 1;
const REUSEPORT = 2;

/** Node takes the option without a word also where its libuv (before 1.49) does not know it. */
function canReusePort(): boolean {
  const libuv = (process.versions as Record<string, string | undefined>)['uv'];
  if (libuv === undefined) return true;
  const [major, minor] = libuv.split('.').map(Number) as [number, number];
  return major > 1 || minor >= 49;
}
