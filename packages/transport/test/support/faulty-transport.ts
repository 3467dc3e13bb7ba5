import { isNameEndpoint, isPathEndpoint, systemError } from '../../src/index.js';
import type { Acceptor, Capabilities, Connection, ConnectSink, DialEndpoint, Endpoint, Listener, ListenEndpoint, NameEndpoint, Transport } from '../../src/index.js';
import { FaultyEnd } from './faulty-end.js';
import type { Fault } from './faults.js';

/** An in-process transport over paths, and over names which are those paths, that keeps the contract, but for one fault. */
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
    this.capabilities = { halfClose: true, reset: true, listen: true, bind, adopt, noDelay: true, keepAlive: false, typeOfService: false, open, names: true };
    if (open) this.open = () => new FaultyEnd('none', null, null, null);
    if (!adopt) return;
    this.adoptConnection = () => new FaultyEnd('none', null, null, null);
    this.adoptListener = () => {
      throw systemError({ code: 'EINVAL', syscall: 'listen', address: null });
    };
  }

  #nameOf(endpoint: ListenEndpoint | NameEndpoint): string {
    if (isNameEndpoint(endpoint)) return this.#fault === 'claims names' ? '' : endpoint.host;
    return isPathEndpoint(endpoint) ? endpoint.path : '';
  }

  /** What the end that dials a name knows of it. */
  #remoteOf(endpoint: DialEndpoint): Endpoint | null {
    if (!isNameEndpoint(endpoint)) return endpoint;
    return this.#fault === 'shows names as addresses' ? { address: endpoint.host, port: endpoint.port, family: 'IPv4' } : null;
  }

  connect(endpoint: DialEndpoint, sink: ConnectSink): Connection {
    const near = new FaultyEnd(this.#fault, sink, null, this.#remoteOf(endpoint));
    if (this.#fault === 'throws a refusal' && !this.#acceptors.has(this.#nameOf(endpoint))) throw new Error('refused');
    queueMicrotask(() => this.#answer(near, sink, endpoint));
    return near;
  }

  #answer(near: FaultyEnd, sink: ConnectSink, endpoint: DialEndpoint): void {
    if (near.gone !== undefined) {
      if (this.#fault === 'connects after close') sink.onConnect();
      return;
    }
    const acceptor = this.#acceptors.get(this.#nameOf(endpoint));
    if (!acceptor) {
      const isForgotten = this.#fault === 'refuses without an address' || (this.#fault === 'forgets names' && isNameEndpoint(endpoint));
      near.leave(systemError({ code: 'ECONNREFUSED', syscall: 'connect', endpoint: isForgotten ? undefined : endpoint }));
      return;
    }
    const far = new FaultyEnd(this.#fault, null, isNameEndpoint(endpoint) ? null : endpoint, null);
    near.peer = far;
    far.peer = near;
    this.#accepted.push(far);
    acceptor.onConnection(far);
    sink.onConnect();
    if (this.#fault === 'connects twice') sink.onConnect();
  }

  listen(endpoint: ListenEndpoint | NameEndpoint, acceptor: Acceptor): Listener {
    const name = this.#nameOf(endpoint);
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
