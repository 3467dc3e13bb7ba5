import { invalidArgValue } from '@netstrata/stream-core';
import {
  checkAddress, checkPort, isNameEndpoint, isPathEndpoint, listenEndpointOf, type Capabilities, type Endpoint, type ListenEndpoint,
} from '@netstrata/transport';

export const CAPABILITIES: Capabilities = {
  halfClose: true, reset: true, listen: true,
  bind: false, adopt: false, noDelay: false, keepAlive: false, typeOfService: false, open: false,
};

/** The port of a listener that asked for any: nothing is behind it. */
const ANY_PORT = 49_152;

/** What is dialled: the peer is not told. Throws ERR_INVALID_ARG_VALUE, ERR_SOCKET_BAD_PORT, ERR_INVALID_IP_ADDRESS. */
export function dialledOf(given: Endpoint): Endpoint {
  const endpoint = listenEndpointOf(given);
  if (isPathEndpoint(endpoint)) return checkedPath(endpoint);
  if (isNameEndpoint(endpoint)) throw invalidArgValue('endpoint', endpoint, 'has a name, which is to be resolved before');
  checkPort(endpoint.port);
  checkAddress(endpoint.address);
  return endpoint;
}

/** Where a listener says that it listens. Throws as `dialledOf`. */
export function listenedOf(given: ListenEndpoint): Endpoint {
  const endpoint = listenEndpointOf(given);
  if (isPathEndpoint(endpoint)) return checkedPath(endpoint);
  const { address } = endpoint;
  const complete: Endpoint = address === undefined ? { address: '::', port: endpoint.port, family: 'IPv6' } : dialled(endpoint);
  checkPort(complete.port);
  return complete.port === 0 ? { ...complete, port: ANY_PORT } : complete;
}

const dialled = (endpoint: ListenEndpoint) => dialledOf(endpoint as Endpoint) as Exclude<Endpoint, { path: string }>;

function checkedPath<T extends { readonly path: string }>(endpoint: T): T {
  if (typeof endpoint.path === 'string' && endpoint.path !== '') return endpoint;
  throw invalidArgValue('path', endpoint.path, 'must be a non-empty string');
}
