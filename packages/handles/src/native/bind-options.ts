import { isPathEndpoint, type ListenEndpoint } from '@netstrata/transport';
import { isInvalidPath } from './socket-path.js';

/** Owns what the options of a bind are to libuv: flags, by their numbers in uv.h, and what is refused before the system is asked. */

/** `UV_TCP_IPV6ONLY` */
const IPV6ONLY = 1;
/** `UV_TCP_REUSEPORT` */
const REUSEPORT = 2;

export interface BindOptions {
  readonly ipv6Only?: boolean | undefined;
  readonly reusePort?: boolean | undefined;
}

/** The code of the refusal; null where the system decides. `node:net` accepts `reusePort` also where libuv cannot do it. */
export function bindRefusal(endpoint: ListenEndpoint, { reusePort }: BindOptions): 'ENOTSUP' | 'EINVAL' | null {
  if (reusePort === true && !canReusePort()) return 'ENOTSUP';
  return isPathEndpoint(endpoint) && isInvalidPath(endpoint.path) ? 'EINVAL' : null;
}

export function bindFlags({ ipv6Only, reusePort }: BindOptions): number {
  return (ipv6Only === true ? IPV6ONLY : 0) | (reusePort === true ? REUSEPORT : 0);
}

/** libuv 1.49 and newer can (Node 22 and later). A runtime without libuv answers for itself; Bun names one that it does not have. */
function canReusePort(): boolean {
  const { uv: libuv, bun } = process.versions as Record<string, string | undefined>;
  if (libuv === undefined || bun !== undefined) return true;
  const [major, minor] = libuv.split('.').map(Number) as [number, number];
  return major > 1 || minor >= 49;
}
