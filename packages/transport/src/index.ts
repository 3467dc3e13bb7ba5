/**
 * The contract of transports as types, system errors, and checks of endpoints: for who writes a transport, or speaks to one without
 * `net`.
 *
 * @example
 * ```js
 * import { isSystemError, systemError } from '@netstrata/transport';
 *
 * const endpoint = { address: '127.0.0.1', port: 80, family: 'IPv4' };
 * const error = systemError({ code: 'ECONNREFUSED', syscall: 'connect', endpoint });
 * console.log(error.message); // prints connect ECONNREFUSED 127.0.0.1:80
 * console.log(isSystemError(error)); // prints true
 * ```
 * @packageDocumentation
 */
export * from './contract/endpoint.js';
export * from './contract/transport.js';
export { checkAddress, checkPort, inetEndpoint } from './contract/check-endpoint.js';
export { adoptOptionsOf, connectOptionsOf, listenEndpointOf, listenOptionsOf, openOptionsOf } from './contract/options.js';
export { describeErrno, type Errno, type ErrnoMap } from './errors/errno.js';
export { isSystemError, systemError, type AddressAndPort, type SystemError, type SystemErrorFields } from './errors/system-error.js';
