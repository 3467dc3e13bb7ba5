import { bare } from '@netstrata/stream-core';
import { isPathEndpoint, systemError, type Endpoint, type OpenOptions } from '@netstrata/transport';
import { net } from '../native/builtin-net.js';
import { pathOf } from '../native/native-handle.js';
import { isInvalidPath } from '../native/socket-path.js';

/** `UV_TCP_IPV6ONLY` and `UV_TCP_REUSEPORT` of uv.h. */
const IPV6ONLY = 1;
const REUSEPORT = 2;

/** Without `BoundSocket` (Node 24 and later) a pipe that was bound is not open for reading and writing once it has connected. */
export const canDialFromPath = net.BoundSocket !== undefined;

/** What `new net.Socket({ handle })` takes, bound. Throws a system error of `bind`. */
export function bind(local: Endpoint, options: OpenOptions): object {
  const refusal = options.reusePort === true && !canReusePort() ? 'ENOTSUP' : isPathEndpoint(local) && isInvalidPath(local.path) ? 'EINVAL' : null;
  if (refusal !== null) throw bindError(refusal, local);
  return net.BoundSocket === undefined ? boundHandle(local, options) : boundSocket(net.BoundSocket, local, options);
}

function boundSocket(BoundSocket: new (options: object) => object, local: Endpoint, { ipv6Only = false, reusePort = false }: OpenOptions): object {
  return new BoundSocket(bare(isPathEndpoint(local) ? { path: local.path } : { host: local.address, port: local.port, ipv6Only, reusePort }));
}

function boundHandle(local: Endpoint, { ipv6Only, reusePort }: OpenOptions): object {
  const create = net._createServerHandle as ((address: string, port: number, type: number, fd?: number, flags?: number) => object | number) | undefined;
  if (create === undefined) throw bindError('ENOTSUP', local);
  const flags = (ipv6Only === true ? IPV6ONLY : 0) | (reusePort === true ? REUSEPORT : 0);
  const handle = isPathEndpoint(local) ? create(local.path, -1, -1) : create(local.address, local.port, local.family === 'IPv6' ? 6 : 4, undefined, flags);
  if (typeof handle === 'number') throw bindError(handle, local);
  return handle;
}

/** Node names no path in this error. */
function bindError(cause: string | number, local: Endpoint): Error {
  const what = typeof cause === 'string' ? { code: cause } : { errno: cause };
  return systemError({ ...what, syscall: 'bind', ...(!isPathEndpoint(local) && { endpoint: local }) });
}

/** A listener that takes the handle over cannot ask where it is. */
export function notePath(handle: unknown, local: Endpoint | undefined): void {
  if (local !== undefined && isPathEndpoint(local)) (handle as { [pathOf]?: Endpoint })[pathOf] = local;
}

/** Node takes the option without a word also where its libuv (before 1.49) does not know it. */
export function canReusePort(): boolean {
  const libuv = (process.versions as Record<string, string | undefined>)['uv'];
  if (libuv === undefined) return true;
  const [major, minor] = libuv.split('.').map(Number) as [number, number];
  return major > 1 || minor >= 49;
}
