export * from './contract/endpoint.js';
export * from './contract/transport.js';
export { checkAddress, checkPort, inetEndpoint } from './contract/check-endpoint.js';
export { adoptOptionsOf, connectOptionsOf, listenEndpointOf, listenOptionsOf, openOptionsOf } from './contract/options.js';
export { describeErrno, type Errno, type ErrnoMap } from './errors/errno.js';
export { isSystemError, systemError, type AddressAndPort, type SystemError, type SystemErrorFields } from './errors/system-error.js';
