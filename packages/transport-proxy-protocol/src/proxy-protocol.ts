import { invalidArgType, invalidArgValue, optionsOf, outOfRange } from '@netstrata/stream-core';
import type {
  Acceptor, Capabilities, Connection, ConnectSink, DialEndpoint, DialOptions, Listener, ListenEndpoint, ListenerOptions, NameEndpoint,
  ResolvingTransport, Transport,
} from '@netstrata/transport';
import { capabilitiesOver, LayerAcceptor, timersOf, type Accepting, type LayerConnection, type Timers } from '@netstrata/transport/layers';
import { maxHeaderOf, type ParseOptions } from './header/parse.js';
import { AcceptingConnection, type AcceptSettings } from './layers/accepting-connection.js';
import { checkOnRefused, tellRefusal, type OnRefused } from './layers/refusal.js';
import { headersOf, type SendOptions } from './layers/send.js';
import { SendingConnection } from './layers/sending-connection.js';
import { hasLeft, trustOf, type Trust, type TrustOptions } from './layers/trust.js';

const TIMEOUT = 5000;
const LONGEST_TIMER = 2 ** 31 - 1;
/** Of connections that wait for their header. They are the balancer's: as many as it opens at once, when it starts or comes back. */
const MOST_WAITING = 8192;

/** How headers are taken. */
export interface AcceptOptions extends TrustOptions, ParseOptions {
  /**
   * `'required'`, or true: only connections of trusted peers are accepted, and only with a header. `'optional'`: a trusted peer may send a
   * header. Connections are accepted as they come when not given, or false.
   */
  readonly accept?: 'required' | 'optional' | boolean | undefined;
  /** Milliseconds that a header has to come; 5000 when not given. */
  readonly timeout?: number | undefined;
  /**
   * Connections of a listener that may wait for their header at once; 8192 when not given. When more come, those that have waited longest
   * are reset.
   */
  readonly maxWaiting?: number | undefined;
  /** The timers for `timeout`: the runtime's when not given. */
  readonly clock?: Timers | undefined;
  /** Hears of connections that were refused, of which nobody else does. */
  readonly onRefused?: OnRefused | undefined;
}

export interface ProxyProtocolOptions extends AcceptOptions, SendOptions {}

/**
 * The PROXY protocol (HAProxy's proxy-protocol.txt, versions 1 and 2) over another transport: a header at the beginning of connections that
 * are accepted tells where their client is (`accept`), connections that are dialled begin with one (`send`).
 * @throws TypeError `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`, RangeError `ERR_OUT_OF_RANGE`, `ERR_SOCKET_BAD_PORT`
 */
export function proxyProtocol(transport: ResolvingTransport, options: ProxyProtocolOptions): ResolvingTransport;
export function proxyProtocol(transport: Transport, options: ProxyProtocolOptions): Transport;
export function proxyProtocol(transport: Transport, options: ProxyProtocolOptions): Transport {
  if (typeof transport !== 'object' || typeof (transport as Transport | null)?.connect !== 'function') {
    throw invalidArgType('transport', 'a transport', transport);
  }
  if (typeof options !== 'object' || (options as unknown) === null) throw invalidArgType('options', 'of type object', options);
  return new ProxyProtocol(transport as ResolvingTransport, options);
}

class ProxyProtocol implements Transport {
  readonly name: string;
  readonly listen?: (endpoint: ListenEndpoint | NameEndpoint, acceptor: Acceptor, options?: ListenerOptions) => Listener;
  readonly #below: ResolvingTransport;
  readonly #header: ReturnType<typeof headersOf>;

  constructor(below: ResolvingTransport, options: ProxyProtocolOptions) {
    this.name = `proxy-protocol over ${below.name}`;
    this.#below = below;
    this.#header = headersOf(options);
    const accepts = acceptsOf(options);
    if (this.#header === null && accepts === null) throw invalidArgValue('options', options, 'must say what to accept, or to send');
    if (below.listen !== undefined) {
      this.listen = (endpoint, given, listenerOptions) => {
        if (accepts === null) return below.listen!(endpoint, given, listenerOptions);
        const acceptor = new LayerAcceptor(given, accepts.layer, accepts.most, accepts.crowdedOut);
        return acceptor.over(below.listen!(endpoint, acceptor, listenerOptions));
      };
    }
  }

  get capabilities(): Capabilities {
    return capabilitiesOver(this.#below.capabilities);
  }

  connect(endpoint: DialEndpoint, sink: ConnectSink, options?: DialOptions): Connection {
    const header = this.#header;
    if (header === null) return this.#below.connect(endpoint, sink, options);
    const layer = new SendingConnection(sink, (below) => header(endpoint, below));
    return layer.attach(this.#below.connect(endpoint, layer, options));
  }
}

interface Accepts {
  /** Puts the layer over a connection. */
  readonly layer: (accepting: Accepting, below: Connection) => AcceptingConnection | null;
  readonly most: number;
  readonly crowdedOut: (layer: LayerConnection) => void;
}

/** How connections are accepted; null where they are as they come. */
function acceptsOf(given: AcceptOptions): Accepts | null {
  const options = optionsOf(given, ['accept', 'trust', 'trustPaths', 'timeout', 'maxHeader', 'maxWaiting', 'clock', 'onRefused']);
  const { accept = false, timeout = TIMEOUT, maxWaiting = MOST_WAITING, onRefused } = options;
  if (accept === false) {
    const useless = (['trust', 'trustPaths', 'onRefused'] as const).find((name) => options[name] !== undefined);
    if (useless !== undefined) throw invalidArgValue('options.accept', given.accept, `must be there for options.${useless}`);
    return null;
  }
  if (accept !== true && accept !== 'required' && accept !== 'optional') {
    throw invalidArgValue('options.accept', accept, "must be 'required', 'optional', or a boolean");
  }
  checkNumber('timeout', timeout, LONGEST_TIMER);
  checkNumber('maxWaiting', maxWaiting, Infinity);
  checkOnRefused(onRefused);
  const refused: AcceptSettings['refused'] = (below, reason, error) => {
    if (onRefused !== undefined) tellRefusal(onRefused, below, reason, error ?? null);
  };
  const settings = {
    isRequired: accept !== 'optional', timeout, timers: timersOf(options.clock), maxHeader: maxHeaderOf(options), refused,
  };
  return { layer: accepting(settings, trustOf(options)), most: maxWaiting, crowdedOut: ({ below }) => refused(below!, 'crowded out') };
}

function checkNumber(name: string, value: unknown, most: number): void {
  if (typeof value !== 'number') throw invalidArgType(`options.${name}`, 'of type number', value);
  if (!(value >= 1 && value <= most)) throw outOfRange(`options.${name}`, most === Infinity ? '>= 1' : `>= 1 && <= ${most}`, value);
}

function accepting(settings: AcceptSettings, isTrusted: Trust): Accepts['layer'] {
  return (acceptor, below) => {
    // Nobody can tell any more whose it was: a health check, mostly.
    if (hasLeft(below)) {
      below.abort();
      return null;
    }
    if (isTrusted(below)) return new AcceptingConnection(acceptor, settings).attach(below).listen();
    if (!settings.isRequired) return new AcceptingConnection(acceptor, settings).attach(below).standAsItIs();
    settings.refused(below, 'untrusted');
    below.abort();
    return null;
  };
}
