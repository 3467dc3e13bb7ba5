import { getDriver, type HandleDriver } from '@netstrata/handles';
import { invalidArgValue } from '@netstrata/stream-core';
import {
  isPathEndpoint, listenOptionsOf, openOptionsOf,
  type Acceptor, type AdoptOptions, type Capabilities, type Connection, type ConnectSink, type DialOptions, type Endpoint, type Listener,
  type ListenEndpoint, type ListenerOptions, type OpenOptions, type PathEndpoint, type Transport,
} from '@netstrata/transport';
import { ReclaimingListener } from './reclaiming-listener.js';
import { SocketFileListener } from './socket-file.js';

/** Owns the transport over UNIX sockets and Windows pipes: what it can do, and which arguments it accepts. */

const CAPABILITIES: Capabilities = {
  // A Windows pipe is closed as a whole: after the end of one direction nothing comes in the other.
  halfClose: process.platform !== 'win32', reset: false, listen: true, bind: false, adopt: true, lend: true, noDelay: false,
  keepAlive: false, typeOfService: false, open: true,
};

/** UNIX sockets and Windows pipes over a driver of `@netstrata/handles`: that of the process when not given. */
export function createIpc(driver?: HandleDriver): Transport {
  return new Ipc(driver);
}

class Ipc implements Transport {
  readonly name = 'ipc';
  readonly capabilities = CAPABILITIES;
  #driver: HandleDriver | undefined;

  constructor(driver: HandleDriver | undefined) {
    this.#driver = driver;
  }

  /** Chosen when first needed, so that importing the package costs nothing. */
  get #handles(): HandleDriver {
    return (this.#driver ??= getDriver());
  }

  /** Throws ERR_INVALID_ARG_VALUE for what is no path; what the system says comes to `sink.onClose`. */
  connect(endpoint: Endpoint, sink: ConnectSink, options?: DialOptions): Connection {
    return this.#handles.connect(checked(endpoint), sink, options);
  }

  /** Throws ERR_INVALID_ARG_VALUE for what is no path, and what the system says of one that cannot be bound. */
  open(given?: OpenOptions): Connection {
    const options = openOptionsOf(given);
    if (options.local !== undefined) checked(options.local);
    return this.#handles.open('pipe', options);
  }

  listen(endpoint: ListenEndpoint, acceptor: Acceptor, options?: ListenerOptions): Listener {
    const at = checked(endpoint);
    const hasFile = process.platform !== 'win32' && !at.path.startsWith('\0');
    if (!hasFile) return this.#handles.listen(at, acceptor, options);
    const handles = this.#handles;
    const listen = (by: Acceptor): Listener => new SocketFileListener(at.path, by, (watched) => handles.listen(at, watched, options));
    return listenOptionsOf(options).reclaim === true ? new ReclaimingListener(handles, at.path, acceptor, listen) : listen(acceptor);
  }

  adoptConnection(native: unknown, options?: AdoptOptions): Connection {
    return this.#handles.adoptConnection(native, options);
  }

  adoptListener(native: unknown, acceptor: Acceptor, options?: ListenerOptions): Listener {
    return this.#handles.adoptListener(native, acceptor, options);
  }
}

function checked(endpoint: ListenEndpoint): PathEndpoint {
  if (!isPathEndpoint(endpoint)) throw invalidArgValue('endpoint', endpoint, 'must have a path');
  const { path } = endpoint;
  if (typeof path !== 'string' || path === '') throw invalidArgValue('path', path, 'must be a non-empty string');
  return endpoint;
}

/** UNIX sockets and Windows pipes over the handles of this process. */
export const ipc: Transport = createIpc();
