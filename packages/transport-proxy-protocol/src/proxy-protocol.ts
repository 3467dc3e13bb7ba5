import { invalidArgType, invalidArgValue, optionsOf, outOfRange } from '@netstrata/stream-core';
import type {
  Acceptor, Capabilities, Connection, ConnectSink, DialEndpoint, DialOptions, Listener, ListenEndpoint, ListenerOptions, NameEndpoint,
  ResolvingTransport, Transport,
} from '@netstrata/transport';
import { capabilitiesOver, LayerAcceptor, type Accepting } from '@netstrata/transport/layers';
import { maxHeaderOf, type ParseOptions } from './header/parse.js';
import { AcceptingConnection, type AcceptSettings } from './layers/accepting-connection.js';
import { checkOnRefused, tellRefusal, type OnRefused } from './layers/refusal.js';
import { headersOf, type SendOptions } from './layers/send.js';
import { SendingConnection } from './layers/sending-connection.js';
import { trustOf, type Trust, type TrustOptions } from './layers/trust.js';

const TIMEOUT = 5000;
const LONGEST_TIMER = 2 ** 31 - 1;

export interface AcceptOptions extends TrustOptions, ParseOptions {
  /**
   * `'required'`, or true: only connections of trusted peers are accepted, and only with a header. `'optional'`: a trusted peer may send a
   * header. Connections are accepted as they come when not given, or false.
   */
  readonly accept?: 'required' | 'optional' | boolean | undefined;
  /** Milliseconds that a header has to come; 5000 when not given. */
  readonly timeout?: number | undefined;
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
        const acceptor = new LayerAcceptor(given, accepts);
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

type Accept = (accepting: Accepting, below: Connection) => AcceptingConnection | null;

/** Puts the layer over each connection; null where they are accepted as they come. */
function acceptsOf(given: AcceptOptions): Accept | null {
  const options = optionsOf(given, ['accept', 'trust', 'trustPaths', 'timeout', 'maxHeader', 'onRefused']);
  const { accept = false, timeout = TIMEOUT, onRefused } = options;
  if (accept === false) {
    const useless = (['trust', 'trustPaths', 'onRefused'] as const).find((name) => options[name] !== undefined);
    if (useless !== undefined) throw invalidArgValue('options.accept', given.accept, `must be there for options.${useless}`);
    return null;
  }
  if (accept !== true && accept !== 'required' && accept !== 'optional') {
    throw invalidArgValue('options.accept', accept, "must be 'required', 'optional', or a boolean");
  }
  if (typeof timeout !== 'number') throw invalidArgType('options.timeout', 'of type number', timeout);
  if (!(timeout >= 1 && timeout <= LONGEST_TIMER)) throw outOfRange('options.timeout', `>= 1 && <= ${LONGEST_TIMER}`, timeout);
  checkOnRefused(onRefused);
  return accepting({
    isRequired: accept !== 'optional', timeout, maxHeader: maxHeaderOf(options),
    refused(below, reason, error) {
      if (onRefused !== undefined) tellRefusal(onRefused, below, reason, error ?? null);
    },
  }, trustOf(options));
}

function accepting(settings: AcceptSettings, isTrusted: Trust): Accept {
  return (acceptor, below) => {
    if (isTrusted(below)) return new AcceptingConnection(acceptor, settings).attach(below).listen();
    if (!settings.isRequired) return new AcceptingConnection(acceptor, settings).attach(below).standAsItIs();
    settings.refused(below, 'untrusted');
    below.abort();
    return null;
  };
}
