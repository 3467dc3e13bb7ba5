export * from './endpoint.js';
export * from './transport.js';
export { checkAddress, checkPort } from './check-endpoint.js';
export { connectOptionsOf, listenEndpointOf, listenOptionsOf, openOptionsOf } from './options.js';
export { describeErrno, type Errno, type ErrnoMap } from './errno.js';
export { isSystemError, systemError, type AddressAndPort, type SystemError, type SystemErrorFields } from './system-error.js';
