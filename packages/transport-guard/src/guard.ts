import { bare } from '@netstrata/stream-core';
import {
  connectOptionsOf, isNameEndpoint, isPathEndpoint, listenEndpointOf,
  type Acceptor, type AdoptOptions, type Capabilities, type Connection, type ConnectSink, type DialEndpoint, type DialOptions,
  type InetEndpoint, type Listener, type ListenEndpoint, type ListenerOptions, type NameEndpoint, type OpenOptions,
  type ResolvingTransport, type Transport,
} from '@netstrata/transport';
import { refusedConnection, transportOf } from '@netstrata/transport/layers';
import { GuardedListener, RefusedListener } from './guarded-listener.js';
import { JudgedName } from './judged-name.js';
import { Judge } from './judge.js';
import { settingsOf, type GuardOptions, type GuardPolicy } from './settings.js';

/**
 * A transport that dials, and listens on, only what a policy allows; it is and does what the transport below is and does otherwise, and its
 * connections are those of that one. Where a name was resolved before, the address that is judged is the one that is dialled.
 *
 * What is denied fails with `ERR_ADDRESS_DENIED`, as `AddressDenied`: by `onClose` of the connection or listener, later.
 * @param policy of addresses and ports: a policy, or the options for one
 * @throws TypeError `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`: rules that are none, options that no guard has
 * @example
 * ```js
 * import { guard } from '@netstrata/transport-guard';
 * import { tcp } from '@netstrata/transport-tcp';
 *
 * const outside = guard(tcp, { allow: ['global'] });
 * outside.connect({ address: '::ffff:169.254.169.254', port: 80, family: 'IPv6' }, {
 *   onConnect() {},
 *   onClose: (error) => console.log(error.code), // prints ERR_ADDRESS_DENIED
 * });
 * ```
 */
export function guard(transport: ResolvingTransport, policy: GuardPolicy, options?: GuardOptions): ResolvingTransport;
export function guard(transport: Transport, policy: GuardPolicy, options?: GuardOptions): Transport;
export function guard(transport: Transport, policy: GuardPolicy, options?: GuardOptions): Transport {
  transportOf('transport', transport);
  const judge = new Judge(settingsOf(policy, options));
  const guarded = new GuardedTransport(transport, judge);
  // Methods are there exactly where the transport has them (T6).
  for (const name of ['open', 'adoptConnection', 'listen', 'adoptListener'] as const) {
    if (transport[name] === undefined) Object.defineProperty(guarded, name, bare({ value: undefined }));
  }
  return guarded;
}

/** What is judged of an endpoint and nothing else: whoever dials it finds nothing besides that he might take for the place. */
function placeOf<E extends ListenEndpoint | NameEndpoint>(given: E): E;
function placeOf(given: ListenEndpoint | NameEndpoint): ListenEndpoint | NameEndpoint {
  const endpoint = listenEndpointOf(given);
  if (isPathEndpoint(endpoint)) return bare({ path: endpoint.path });
  const { port } = endpoint;
  if (isNameEndpoint(endpoint)) return bare({ host: endpoint.host, port });
  const { address, family } = endpoint as Partial<InetEndpoint>;
  return address === undefined ? bare({ address, port }) : bare({ address, port, family: family! });
}

class GuardedTransport implements Transport {
  readonly #below: Transport;
  readonly #judge: Judge;

  constructor(below: Transport, judge: Judge) {
    this.#below = below;
    this.#judge = judge;
  }

  get name(): string {
    return this.#below.name;
  }

  get capabilities(): Capabilities {
    return this.#below.capabilities;
  }

  /** What it reads of the endpoint it reads once: what was judged is what is dialled. */
  connect(given: DialEndpoint, sink: ConnectSink, options?: DialOptions): Connection {
    const endpoint = placeOf(given);
    const denied = this.#judge.dial(endpoint);
    if (denied !== null) return refusedConnection(sink, denied, isNameEndpoint(endpoint) ? null : endpoint, connectOptionsOf(options).from);
    const below = this.#below as ResolvingTransport;
    if (!isNameEndpoint(endpoint)) return below.connect(endpoint, sink, options);
    const layer = new JudgedName(sink, this.#judge, endpoint);
    return layer.attach(below.connect(endpoint, layer, options));
  }

  listen(given: ListenEndpoint | NameEndpoint, acceptor: Acceptor, options?: ListenerOptions): Listener {
    const endpoint = placeOf(given);
    const denied = this.#judge.listen(endpoint);
    if (denied !== null) return new RefusedListener(acceptor, denied);
    return this.#over(acceptor, (to) => (this.#below as ResolvingTransport).listen!(endpoint, to, options));
  }

  open(options?: OpenOptions): Connection {
    return this.#below.open!(options);
  }

  adoptConnection(native: unknown, options?: AdoptOptions): Connection {
    return this.#below.adoptConnection!(native, options);
  }

  adoptListener(native: unknown, acceptor: Acceptor, options?: ListenerOptions): Listener {
    return this.#over(acceptor, (to) => this.#below.adoptListener!(native, to, options));
  }

  #over(acceptor: Acceptor, listen: (acceptor: Acceptor) => Listener): Listener {
    if (!this.#judge.judgesListening && !this.#judge.judgesPeers) return listen(acceptor);
    const guarded = new GuardedListener(acceptor, this.#judge);
    return guarded.over(listen(guarded));
  }
}
