import type { AddressAndPort, Endpoint } from '@netstrata/transport';
import { hasFailed, type StreamHandle } from '../../native/stream-handle.js';

/** Owns what the system says of where a handle is. A pipe cannot be asked; what a cluster's primary gives may not know. */
export function endpointOf(handle: StreamHandle | null, method: 'getsockname' | 'getpeername'): Endpoint | null {
  if (handle === null || typeof handle[method] !== 'function') return null;
  const out: { address?: string; port?: number; family?: string } = {};
  if (hasFailed(handle[method](out)) || out.address === undefined) return null;
  return { address: out.address, port: out.port!, family: out.family === 'IPv6' ? 'IPv6' : 'IPv4' };
}

/** The near end, for an error: both parts are undefined where the system names none, which Node prints so. */
export function sockname(handle: StreamHandle): AddressAndPort | null {
  const out: { address?: string; port?: number } = {};
  if (typeof handle.getsockname !== 'function' || hasFailed(handle.getsockname(out))) return null;
  return { address: out.address!, port: out.port! };
}
