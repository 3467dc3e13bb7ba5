import { codedError } from '@netstrata/stream-core';
import {
  isPathEndpoint,
  type Acceptor, type Capabilities, type Connection, type ConnectSink, type Endpoint, type Listener, type ListenEndpoint,
  type PathEndpoint, type Transport,
} from '@netstrata/transport';
import type { Call } from './messages.js';
import { PortConnection } from './port-connection.js';
import { PortListener, type Switchboard } from './port-listener.js';

/**
 * A transport over a trunk: one port to another thread, where the other end of it is made a transport as well. Names are listened on
 * here and dialled there, and the other way round.
 */
export function overPorts(trunk: MessagePort): Transport {
  return new Ports(trunk);
}

class Ports implements Transport, Switchboard {
  readonly name = 'ports';
  readonly capabilities: Capabilities = {
    halfClose: true, reset: true, listen: true,
    bind: false, adopt: false, noDelay: false, keepAlive: false, typeOfService: false, open: false,
  };
  readonly listeners = new Map<string, PortListener>();
  readonly #trunk: MessagePort;
  #holds = 0;

  constructor(trunk: MessagePort) {
    this.#trunk = trunk;
    trunk.onmessage = ({ data }) => this.#called(data as Call);
    trunk.unref?.();
  }

  connect(endpoint: Endpoint, sink: ConnectSink): Connection {
    const dial = pathOf(endpoint).path;
    const { port1, port2 } = new MessageChannel();
    this.#trunk.postMessage({ dial, port: port2 } satisfies Call, [port2]);
    return new PortConnection(port1, { remote: endpoint }, sink);
  }

  listen(endpoint: ListenEndpoint, acceptor: Acceptor): Listener {
    return new PortListener(this, pathOf(endpoint), acceptor);
  }

  #called({ dial, port }: Call): void {
    const listener = this.listeners.get(dial);
    if (listener) {
      listener.accept(port);
      return;
    }
    port.postMessage('refused');
    port.close();
  }

  /** The trunk keeps the process alive as long as one listener does. */
  hold(by: 1 | -1): void {
    this.#holds += by;
    if (this.#holds > 0) this.#trunk.ref?.();
    else this.#trunk.unref?.();
  }
}

function pathOf(endpoint: ListenEndpoint): PathEndpoint {
  if (isPathEndpoint(endpoint)) return endpoint;
  throw codedError(TypeError, 'ERR_INVALID_ARG_VALUE', 'The ports transport takes paths, not addresses');
}
