import type { Endpoint } from '@netstrata/transport';
import type { StreamHandle } from './bindings.js';

/** Where a handle is, asked of the system. A pipe cannot be asked; what a cluster's primary gives may not know. */
export function endpointOf(handle: StreamHandle | null, method: 'getsockname' | 'getpeername'): Endpoint | null {
  if (handle === null || typeof handle[method] !== 'function') return null;
  const out: { address?: string; port?: number; family?: string } = {};
  if (handle[method](out) !== 0 || out.address === undefined) return null;
  return { address: out.address, port: out.port!, family: out.family === 'IPv6' ? 'IPv6' : 'IPv4' };
}
