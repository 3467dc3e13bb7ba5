import { getDriver, type HandleDriver } from '@netstrata/handles';
import { codedError } from '@netstrata/stream-core';
import {
  checkAddress, checkPort, connectOptionsOf, isPathEndpoint, listenEndpointOf, openOptionsOf,
  type Acceptor, type AdoptOptions, type Capabilities, type Connection, type DialOptions, type ConnectSink, type Endpoint, type Listener,
  type ListenEndpoint, type ListenerOptions, type OpenOptions, type Transport,
} from '@netstrata/transport';

/** TCP over a driver of `@netstrata/handles`: the process's own when none is given. */
export function createTcp(driver?: HandleDriver): Transport {
  return new Tcp(driver);
}

class Tcp implements Transport {
  readonly name = 'tcp';
  #driver: HandleDriver | undefined;

  constructor(driver: HandleDriver | undefined) {
    this.#driver = driver;
  }

  /** Chosen when first needed, so that importing the package costs nothing. */
  get #handles(): HandleDriver {
    return (this.#driver ??= getDriver());
  }

  get capabilities(): Capabilities {
    return {
      halfClose: true, reset: true, listen: true, bind: true, adopt: true, lend: this.#handles.lends, noDelay: true, keepAlive: true,
      typeOfService: this.#handles.typeOfService, open: true,
    };
  }

  /** Throws ERR_SOCKET_BAD_PORT, ERR_INVALID_IP_ADDRESS or ERR_INVALID_ARG_VALUE; what the system says comes to `sink.onClose`. */
  connect(endpoint: Endpoint, sink: ConnectSink, given?: DialOptions): Connection {
    const options = connectOptionsOf(given);
    checkEndpoint(endpoint);
    if (options.localAddress !== undefined) checkAddress(options.localAddress);
    if (options.localPort !== undefined) checkPort(options.localPort);
    return this.#handles.connect(endpoint, sink, options);
  }

  /** Throws as `connect` does for what is no address, and what the system says of one that cannot be bound. */
  open(given?: OpenOptions): Connection {
    const options = openOptionsOf(given);
    if (options.local !== undefined) checkEndpoint(options.local);
    return this.#handles.open('tcp', options);
  }

  listen(given: ListenEndpoint, acceptor: Acceptor, options?: ListenerOptions): Listener {
    const endpoint = listenEndpointOf(given);
    checkEndpoint(endpoint);
    return this.#handles.listen(endpoint, acceptor, options);
  }

  adoptConnection(native: unknown, options?: AdoptOptions): Connection {
    return this.#handles.adoptConnection(native, options);
  }

  adoptListener(native: unknown, acceptor: Acceptor, options?: ListenerOptions): Listener {
    return this.#handles.adoptListener(native, acceptor, options);
  }
}

function checkEndpoint(endpoint: ListenEndpoint): void {
  if (isPathEndpoint(endpoint)) {
    throw codedError(TypeError, 'ERR_INVALID_ARG_VALUE', 'The TCP transport takes addresses and ports, not paths');
  }
  checkPort(endpoint.port);
  if (endpoint.address !== undefined) checkAddress(endpoint.address);
}

/** TCP over the handles of this process. */
export const tcp: Transport = createTcp();
