import * as net from 'node:net';
import {
  isPathEndpoint, systemError,
  type Acceptor, type Connection, type ConnectOptions, type ConnectSink, type Endpoint, type Listener, type ListenEndpoint, type ListenOptions,
} from '@netstrata/transport';
import { checkHandle } from '../descriptors.js';
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

  connect(endpoint: Endpoint, sink: ConnectSink, options: ConnectOptions = {}): Connection {
    const socket = new net.Socket({ allowHalfOpen: true });
    socket.pause();
    const connection = isPathEndpoint(endpoint) ? new HostConnection(socket, sink, null, endpoint) : new HostTcpConnection(socket, sink, null, null);
    socket.once('connect', () => {
      connection.connected();
    });
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

/** Node takes the option without a word also where its libuv (before 1.49) does not know it. */
function canReusePort(): boolean {
  const libuv = (process.versions as Record<string, string | undefined>)['uv'];
  if (libuv === undefined) return true;
  const [major, minor] = libuv.split('.').map(Number) as [number, number];
  return major > 1 || minor >= 49;
}
