import { isPathEndpoint, type DialOptions, type Endpoint, type InetEndpoint } from '@netstrata/transport';
import { isInvalidPath } from '../../native/socket-path.js';
import { hasFailed, type ConnectRequest, type PipeHandle, type StreamHandle } from '../../native/stream-handle.js';
import { bindTcp, isBoundTo } from '../binding/bind.js';
import type { Bindings } from '../binding/bindings.js';
import { sockname } from '../binding/endpoint-of.js';
import type { LentConnection } from '../connection/lent-connection.js';
import type { LibuvConnection } from '../connection/libuv-connection.js';
import { startNetEntry } from './net-entry.js';

/** What dials. */
export type Dialling = LibuvConnection | LentConnection;

/**
 * Owns the way of a connection to its far end: the near end is bound first where that is asked for. What comes of it, also at once, the
 * connection reports from a later tick.
 */
export function startConnect(bindings: Bindings, connection: Dialling, endpoint: Endpoint, options: DialOptions): void {
  const handle = connection.native as StreamHandle;
  if (!canReach(bindings, handle, endpoint)) {
    failLater(connection, bindings.errno('EINVAL'), endpoint);
    return;
  }
  const local = isPathEndpoint(endpoint) ? null : nearEndOf(endpoint, options);
  const bound = local === null ? 0 : bindNearEnd(bindings, handle, local);
  if (hasFailed(bound)) {
    process.nextTick(() => {
      connection.fail(bound, 'bind', local!);
    });
    return;
  }
  if (options.typeOfService !== undefined) handle.setTypeOfService?.(options.typeOfService);
  const status = isPathEndpoint(endpoint) ? connectPipe(bindings, connection, endpoint) : connectTcp(bindings, connection, endpoint, local);
  if (hasFailed(status)) failLater(connection, status, endpoint);
}

/** Connecting a handle to an endpoint of the other kind would abort the process. */
function canReach({ TCP, Pipe }: Bindings, handle: StreamHandle, endpoint: Endpoint): boolean {
  return isPathEndpoint(endpoint) ? !isInvalidPath(endpoint.path) && !(handle instanceof TCP) : !(handle instanceof Pipe);
}

/** Null where any will do. One of the other family is refused with EINVAL. */
function nearEndOf({ family }: InetEndpoint, { localAddress, localPort }: DialOptions): InetEndpoint | null {
  if (localAddress === undefined && localPort === undefined) return null;
  return { address: localAddress ?? (family === 'IPv6' ? '::' : '0.0.0.0'), port: localPort ?? 0, family };
}

function bindNearEnd(bindings: Bindings, handle: StreamHandle, local: InetEndpoint): number {
  const bound = bindTcp(handle, local, 0);
  return !hasFailed(bound) && !isBoundTo(handle, local.port) ? bindings.errno('EADDRINUSE') : bound;
}

function connectTcp({ TCPConnectWrap }: Bindings, connection: Dialling, endpoint: InetEndpoint, local: InetEndpoint | null): unknown {
  const handle = connection.native as StreamHandle;
  const entry = startNetEntry(endpoint);
  const request: ConnectRequest = entry === null ? new TCPConnectWrap() : entry.request;
  // Node says where from only when the port was chosen.
  const named = local === null || local.port === 0 ? null : local;
  request.oncomplete = (status) => {
    connection.connected(status, endpoint, named);
    if (status === 0) entry?.made?.();
  };
  const { address, port, family } = endpoint;
  return family === 'IPv6' ? handle.connect6(request, address, port) : handle.connect(request, address, port);
}

function connectPipe({ PipeConnectWrap }: Bindings, connection: Dialling, endpoint: Endpoint & { path: string }): unknown {
  const pipe = connection.native as PipeHandle;
  const request = new PipeConnectWrap();
  request.oncomplete = (status, _handle, _request, readable) => {
    // A pipe that was bound first counts as connected, and is not open for reading and writing.
    if (status === 0 && !readable && pipe.fd !== undefined) pipe.open(pipe.fd);
    connection.connected(status, endpoint, null);
  };
  return pipe.connect(request, endpoint.path);
}

function failLater(connection: Dialling, status: number, endpoint: Endpoint): void {
  const handle = connection.native as StreamHandle;
  process.nextTick(() => {
    connection.fail(status, 'connect', endpoint, null, sockname(handle));
  });
}
