import { isPathEndpoint, systemError } from '../../src/index.js';
import type { Acceptor, Capabilities, Connection, ConnectSink, Endpoint, Listener, ListenEndpoint, Transport } from '../../src/index.js';
import { FaultyEnd } from './faulty-end.js';
import type { Fault } from './faults.js';

function nameOf(endpoint: ListenEndpoint): string {
  return isPathEndpoint(endpoint) ? endpoint.path : '';
}

/** An in-process transport over paths that keeps the contract, but for one fault. */
export class FaultyTransport implements Transport {
  readonly name = 'faulty';
  readonly capabilities: Capabilities;
  adoptConnection?: (native: unknown) => Connection;
  adoptListener?: () => never;
  open?: () => Connection;
  readonly #fault: Fault;
  readonly #accepted: FaultyEnd[] = [];
  readonly #acceptors = new Map<string, Acceptor>();

  constructor(fault: Fault) {
    this.#fault = fault;
    const [bind, adopt, open] = [fault === 'claims bind', fault === 'claims adopt', fault === 'claims open'];
    this.capabilities = { halfClose: true, reset: true, listen: true, bind, adopt, noDelay: true, keepAlive: false, typeOfService: false, open };
    if (open) this.open = () => new FaultyEnd('none', null, null, null);
    if (!adopt) return;
    this.adoptConnection = () => new FaultyEnd('none', null, null, null);
    this.adoptListener = () => {
      throw systemError({ code: 'EINVAL', syscall: 'listen', address: null });
    };
  }

  connect(endpoint: Endpoint, sink: ConnectSink): Connection {
    const near = new FaultyEnd(this.#fault, sink, null, endpoint);
    if (this.#fault === 'throws a refusal' && !this.#acceptors.has(nameOf(endpoint))) throw new Error('refused');
    queueMicrotask(() => this.#answer(near, sink, endpoint));
    return near;
  }

  #answer(near: FaultyEnd, sink: ConnectSink, endpoint: Endpoint): void {
    if (near.gone !== undefined) {
      if (this.#fault === 'connects after close') sink.onConnect();
      return;
    }
    const acceptor = this.#acceptors.get(nameOf(endpoint));
    if (!acceptor) {
      const place = this.#fault === 'refuses without an address' ? undefined : endpoint;
      near.leave(systemError({ code: 'ECONNREFUSED', syscall: 'connect', endpoint: place }));
      return;
    }
    const far = new FaultyEnd(this.#fault, null, endpoint, null);
    near.peer = far;
    far.peer = near;
    this.#accepted.push(far);
    acceptor.onConnection(far);
    sink.onConnect();
    if (this.#fault === 'connects twice') sink.onConnect();
  }

  listen(endpoint: ListenEndpoint, acceptor: Acceptor): Listener {
    const name = nameOf(endpoint);
    const taken = this.#acceptors.has(name) && this.#fault !== 'takes endpoints over';
    let open = !taken;
    if (open) this.#acceptors.set(name, acceptor);
    queueMicrotask(() => {
      const text = this.#fault === 'conflicts without a text' ? '' : undefined;
      if (taken) acceptor.onClose(systemError({ code: 'EADDRINUSE', syscall: 'listen', endpoint, text }));
      else if (this.#fault === 'accepts before listening') acceptor.onConnection(new FaultyEnd('none', null, endpoint as Endpoint, null));
      if (open) acceptor.onListening();
    });
    const close = () => {
      if (!open) return;
      open = false;
      if (this.#fault !== 'goes on accepting') this.#acceptors.delete(name);
      if (this.#fault === 'closes what it accepted') for (const end of this.#accepted) end.close();
      if (this.#fault !== 'listener closes in silence') queueMicrotask(() => acceptor.onClose(null));
    };
    const ref = () => {
      if (this.#fault === 'listener ref is close') close();
    };
    return { local: endpoint as Endpoint, close, ref, unref: () => {} };
  }
}
