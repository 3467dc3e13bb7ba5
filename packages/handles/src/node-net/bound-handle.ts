import { bare } from '@netstrata/stream-core';
import { isPathEndpoint, systemError, type Endpoint, type OpenOptions } from '@netstrata/transport';
import { bindFlags, bindRefusal } from '../native/bind-options.js';
import { net } from '../native/builtin-net.js';

/** Without `BoundSocket` (Node 24 and later) a pipe that was bound is not open for reading and writing once it has connected. */
export const canConnectFromPath = net.BoundSocket !== undefined;

/** Owns how a socket of the runtime's is bound before it connects: gives it its handle. Throws a system error of `bind`. */
export function bind(local: Endpoint, options: OpenOptions): object {
  const refusal = bindRefusal(local, options);
  if (refusal !== null) throw bindError(refusal, local);
  return net.BoundSocket === undefined ? boundHandle(local, options) : boundSocket(net.BoundSocket, local, options);
}

function boundSocket(BoundSocket: new (options: object) => object, local: Endpoint, options: OpenOptions): object {
  if (isPathEndpoint(local)) return new BoundSocket(bare({ path: local.path }));
  const { ipv6Only = false, reusePort = false } = options;
  return new BoundSocket(bare({ host: local.address, port: local.port, ipv6Only, reusePort }));
}

function boundHandle(local: Endpoint, options: OpenOptions): object {
  const create = net._createServerHandle;
  if (create === undefined) throw bindError('ENOTSUP', local);
  const handle = isPathEndpoint(local)
    ? create(local.path, -1, -1)
    : create(local.address, local.port, local.family === 'IPv6' ? 6 : 4, undefined, bindFlags(options));
  if (typeof handle === 'number') throw bindError(handle, local);
  return handle;
}

/** Node names no path in this error. */
function bindError(cause: string | number, local: Endpoint): Error {
  const what = typeof cause === 'string' ? { code: cause } : { errno: cause };
  return systemError({ ...what, syscall: 'bind', ...(!isPathEndpoint(local) && { endpoint: local }) });
}
