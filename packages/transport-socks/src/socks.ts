import { invalidArgValue } from '@netstrata/stream-core';
import {
  isPathEndpoint,
  type Acceptor, type Connection, type ConnectSink, type Endpoint, type Listener, type ListenEndpoint, type PathEndpoint, type Transport,
} from '@netstrata/transport';
import { LineConnection } from './connection.js';
import { NameListener } from './listener.js';
import { dial } from './medium.js';

/** Connections between names within one process. */
export const socks: Transport = {
  name: 'socks',

  /** The capabilities. Each is tested both ways: an optional method is there exactly when its capability is (T6). */
  capabilities: {
    halfClose: true, reset: true, listen: true,
    bind: false, adopt: false, noDelay: false, keepAlive: false, typeOfService: false, open: false,
  },

  /** Throws ERR_INVALID_ARG_VALUE for an endpoint that can never be valid; everything else is reported to `sink.onClose` (T2). */
  connect(endpoint: Endpoint, sink: ConnectSink): Connection {
    const remote = checked(endpoint);
    return new LineConnection(dial(remote.path), { remote }, sink);
  },

  /** Throws as `connect` does. */
  listen(endpoint: ListenEndpoint, acceptor: Acceptor): Listener {
    return new NameListener(checked(endpoint), acceptor);
  },
};

/** The endpoints of this medium are names. A medium with addresses and ports checks for an `InetEndpoint` here. */
function checked(endpoint: ListenEndpoint): PathEndpoint {
  if (!isPathEndpoint(endpoint)) throw invalidArgValue('endpoint', endpoint, 'must have a path');
  const { path } = endpoint;
  if (typeof path !== 'string' || path === '') throw invalidArgValue('path', path, 'must be a non-empty string');
  return endpoint;
}
