import { isIP } from '@netstrata/ip-utils';
import { codedError } from '@netstrata/stream-core';
import type { InetEndpoint } from './endpoint.js';

/** Throws ERR_SOCKET_BAD_PORT for what is not a port. */
export function checkPort(port: unknown): void {
  if (typeof port === 'number' && Number.isInteger(port) && port >= 0 && port <= 65535) return;
  throw codedError(RangeError, 'ERR_SOCKET_BAD_PORT', `Port should be >= 0 and < 65536. Received ${typeof port} (${String(port)}).`);
}

/** Throws ERR_INVALID_IP_ADDRESS for text that is not an IP address. */
export function checkAddress(address: string): void {
  if (isIP(address) === 0) throw codedError(TypeError, 'ERR_INVALID_IP_ADDRESS', `Invalid IP address: ${address}`);
}

/**
 * The endpoint of an address, which must be one, and a port.
 * @example
 * ```js
 * import { inetEndpoint } from '@netstrata/transport';
 *
 * console.log(inetEndpoint('::1', 80)); // prints { address: '::1', port: 80, family: 'IPv6' }
 * ```
 */
export function inetEndpoint(address: string, port: number): InetEndpoint {
  return { address, port, family: isIP(address) === 6 ? 'IPv6' : 'IPv4' };
}
