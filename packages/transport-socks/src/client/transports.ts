import { invalidArgType, invalidArgValue } from '@netstrata/stream-core';
import {
  checkAddress, checkPort, connectOptionsOf, isNameEndpoint, isPathEndpoint, listenEndpointOf, systemError,
  type Acceptor, type Capabilities, type Connection, type ConnectSink, type DialEndpoint, type DialOptions, type Listener,
  type ListenEndpoint, type NameEndpoint, type Transport,
} from '@netstrata/transport';
import { capabilitiesOver, refusedConnection } from '@netstrata/transport/layers';
import type { Settings } from '../options/socks-options.js';
import type { Place } from '../wire/address.js';
import { CONNECT } from '../wire/socks5.js';
import { BindListener } from './bind-listener.js';
import { Dialled } from './dialled.js';
import { requestFor } from './requests.js';

/** Dials through one proxy. */
export class ProxyTransport implements Transport {
  readonly name: string;
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.name = settings.proxy.protocol === 'http' ? 'http-connect' : settings.proxy.protocol;
    this.#settings = settings;
  }

  get capabilities(): Capabilities {
    const { over, resolvesThere } = this.#settings;
    return { ...capabilitiesOver(over.capabilities), bind: false, listen: false, names: resolvesThere };
  }

  /** Throws ERR_SOCKET_BAD_PORT, ERR_INVALID_IP_ADDRESS, ERR_INVALID_ARG_VALUE; all else comes to `sink.onClose`. */
  connect(given: DialEndpoint, sink: ConnectSink, givenOptions?: DialOptions): Connection {
    const place = this.checked(given);
    const { typeOfService } = connectOptionsOf(givenOptions);
    const dialogue = requestFor(this.#settings, CONNECT, place);
    if (typeof dialogue !== 'string') return new Dialled(sink, place, dialogue, this.#settings).start({ typeOfService });
    const error = systemError({ code: dialogue, syscall: 'connect', endpoint: place });
    return refusedConnection(sink, error, isNameEndpoint(place) ? null : place);
  }

  /** An address, or where names are resolved there a name, and a port. */
  protected checked(given: DialEndpoint): Place {
    const endpoint = listenEndpointOf(given);
    if (isPathEndpoint(endpoint)) throw invalidArgValue('endpoint', endpoint, 'has a path, which no proxy takes');
    checkPort(endpoint.port);
    if (!isNameEndpoint(endpoint)) checkAddress(endpoint.address);
    else if (!this.#settings.resolvesThere) throw invalidArgValue('endpoint', endpoint, 'has a name, which is to be resolved before');
    else if (typeof endpoint.host !== 'string') throw invalidArgType('endpoint.host', 'of type string', endpoint.host);
    return endpoint;
  }
}

/** What a listener on every address asks for. */
const EVERY = { address: '0.0.0.0', family: 'IPv4' } as const;

/** A proxy that can be asked to listen: by BIND of SOCKS5. */
export class ListeningProxyTransport extends ProxyTransport {
  readonly #settings: Settings;

  constructor(settings: Settings) {
    super(settings);
    this.#settings = settings;
  }

  override get capabilities(): Capabilities {
    return { ...super.capabilities, listen: true };
  }

  /** Throws as `connect`; all else comes to `acceptor.onClose`. */
  listen(given: ListenEndpoint | NameEndpoint, acceptor: Acceptor): Listener {
    const endpoint = listenEndpointOf(given);
    const isEvery = !isPathEndpoint(endpoint) && !isNameEndpoint(endpoint) && endpoint.address === undefined;
    const place = this.checked(isEvery ? { ...EVERY, port: endpoint.port } : (endpoint as DialEndpoint));
    return new BindListener(this.#settings, place, acceptor).start();
  }
}
