import { isIP } from '@netstrata/ip-utils';
import { codedError } from '@netstrata/stream-core';
import {
  checkAddress, checkPort, connectOptionsOf, inetEndpoint, isPathEndpoint, listenEndpointOf, listenOptionsOf, openOptionsOf, systemError,
  type Acceptor, type Capabilities, type Connection, type DialOptions, type ConnectSink, type Endpoint, type InetEndpoint, type Listener,
  type ListenEndpoint, type ListenerOptions, type OpenOptions, type SystemError, type Transport,
} from '@netstrata/transport';
import { endpointOf, placeOf, type Place } from '../base/place.js';
import { Dial, type Route } from '../dial/dial.js';
import type { MemoryConnection } from '../kernel/connection.js';
import type { Kernel } from '../kernel/kernel.js';
import { MemoryListener } from '../kernel/listener.js';
import type { Binding } from '../kernel/ports.js';
import type { Hop, Routes } from './routes.js';

const CAPABILITIES: Capabilities = {
  halfClose: true, reset: true, listen: true, bind: true, adopt: false, noDelay: true, keepAlive: true, typeOfService: true, open: true,
};

/** Linux asks three times, a second apart, which host has an address (ARP). */
const UNREACHABLE_TIMEOUT = 3000;

/** The addresses and ports of one host: checks arguments, binds, dials and listens. */
export class TcpTransport implements Transport {
  readonly name = 'memory';
  readonly capabilities = CAPABILITIES;
  readonly #kernel: Kernel;
  readonly #routes: Routes;

  constructor(kernel: Kernel, routes: Routes) {
    this.#kernel = kernel;
    this.#routes = routes;
  }

  /** Throws ERR_SOCKET_BAD_PORT, ERR_INVALID_IP_ADDRESS or ERR_INVALID_ARG_VALUE; everything else is reported to `sink.onClose`. */
  connect(endpoint: Endpoint, sink: ConnectSink, given?: DialOptions): Connection {
    const options = connectOptionsOf(given);
    const to = checked(endpoint);
    if (options.localAddress !== undefined) checkAddress(options.localAddress);
    if (options.localPort !== undefined) checkPort(options.localPort);
    const connection = (options.from as MemoryConnection | undefined) ?? this.#kernel.createConnection('tcp');
    if (options.typeOfService !== undefined) (connection as Connection).setTypeOfService?.(options.typeOfService);
    return connection.connect(sink, () => this.#dial(connection, to, options));
  }

  /** Throws what `bind` says, and as `connect` does for what is not an address. */
  open(given?: OpenOptions): Connection {
    const { local, ipv6Only = false, reusePort = false } = openOptionsOf(given);
    const near = local === undefined ? undefined : checked(local);
    const connection = this.#kernel.createConnection('tcp');
    if (near !== undefined) {
      const error = this.#bind(connection, near.address, near.port, ipv6Only, reusePort);
      if (error !== null) throw error;
    }
    return connection;
  }

  listen(where: ListenEndpoint, acceptor: Acceptor, given?: ListenerOptions): Listener {
    const endpoint = listenEndpointOf(where);
    const options = listenOptionsOf(given);
    if (isPathEndpoint(endpoint)) throw noPaths();
    checkPort(endpoint.port);
    const address = endpoint.address ?? '::';
    checkAddress(address);
    const { ports, limits } = this.#kernel;
    const { ipv6Only = false, reusePort = false } = options;
    const place = placeOf(address);
    const port = ports.choose({ place, port: endpoint.port, ipv6Only, reusePort }, limits.ephemeralPorts);
    const at = inetEndpoint(address, port || endpoint.port);
    const binding: Binding = { place, port, ipv6Only, reusePort };
    const listener = new MemoryListener(this.#kernel, at, binding, acceptor, options.backlog);
    const code = this.#refusalOf(place, port);
    if (code !== null) {
      listener.failed(systemError({ code, syscall: 'listen', endpoint: { ...at, port: endpoint.port } }));
      return listener;
    }
    ports.bind(binding);
    listener.began();
    return listener;
  }

  /** Why it cannot listen there; otherwise a file is open for it. */
  #refusalOf(place: Place, port: number): string | null {
    if (!this.#kernel.hasAddress(place)) return 'EADDRNOTAVAIL';
    if (port === 0) return 'EADDRINUSE';
    return this.#kernel.openFile() ? null : 'EMFILE';
  }

  #bind(connection: MemoryConnection, address: string, port: number, ipv6Only: boolean, reusePort: boolean): SystemError | null {
    const { ports, limits } = this.#kernel;
    const place = placeOf(address);
    const endpoint = inetEndpoint(address, port);
    if (!this.#kernel.hasAddress(place)) return systemError({ code: 'EADDRNOTAVAIL', syscall: 'bind', endpoint });
    if (!connection.openFile()) return systemError({ code: 'EMFILE', syscall: 'bind', endpoint });
    const bound = ports.choose({ place, port, ipv6Only, reusePort }, limits.ephemeralPorts);
    if (bound === 0) return systemError({ code: 'EADDRINUSE', syscall: 'bind', endpoint });
    connection.binding = { place, port: bound, ipv6Only, reusePort };
    ports.bind(connection.binding);
    connection.localEnd = { ...endpoint, port: bound };
    return null;
  }

  /** The error, where there is one at once. */
  #dial(connection: MemoryConnection, to: InetEndpoint, { localAddress, localPort }: DialOptions): SystemError | null {
    const place = placeOf(to.address);
    const anyAddress = place.version === 4 ? '0.0.0.0' : '::';
    const fail = (code: string): SystemError =>
      systemError({ code, syscall: 'connect', endpoint: to, sockname: { address: anyAddress, port: 0 } });
    if (connection.isConnecting) return systemError({ code: 'EALREADY', syscall: 'connect', endpoint: to });
    if (connection.outgoing !== null) return connectedAlready(connection, to);
    if (localAddress !== undefined && isIP(localAddress) !== isIP(to.address)) {
      return systemError({ code: 'EINVAL', syscall: 'bind', address: localAddress, port: localPort });
    }
    if (localAddress !== undefined || localPort !== undefined) {
      const error = this.#bind(connection, localAddress ?? anyAddress, localPort ?? 0, false, false);
      if (error !== null) return error;
    }
    if (!connection.openFile()) return fail('EMFILE');
    const near = this.#nearAddress(connection, place);
    if (near === null) return fail('ENETUNREACH');
    const port = this.#nearPort(connection, near, place, to.port);
    if (port === 0) return fail('EADDRNOTAVAIL');
    connection.localEnd = endpointOf(near, port, to.family === 'IPv6' && place.version === 4);
    connection.remoteEnd = to;
    connection.id = this.#routes.nextConnection();
    connection.note('connect', 0);
    const { time } = this.#kernel;
    const hop = this.#routes.hopTo(place);
    const nearEnd = { address: near, port };
    if (hop === null) {
      const timer = time.after(UNREACHABLE_TIMEOUT, unreachable, { connection, to });
      connection.dialling = { cancel: () => { time.cancel(timer); } };
    } else new Dial(connection, to, routeOf(hop, place, to.port, nearEnd, localPort !== undefined), time).begin();
    return null;
  }

  /** The address that a connection to there has at this end; null where there is no route. */
  #nearAddress(connection: MemoryConnection, to: Place): string | null {
    const { places } = this.#kernel.host;
    const bound = connection.binding?.place;
    if (bound !== undefined && !bound.isAny) return bound.version === to.version ? bound.key : null;
    if (to.isLoopback || to.isAny) return to.version === 4 ? '127.0.0.1' : '::1';
    if (places.some(({ key }) => key === to.key)) return to.key;
    return places.find(({ version }) => version === to.version)?.key ?? null;
  }

  #nearPort(connection: MemoryConnection, near: string, to: Place, toPort: number): number {
    const { ports, limits } = this.#kernel;
    const pairOf = (port: number): string => `${near} ${port} ${to.key} ${toPort}`;
    const bound = connection.binding?.port;
    const place = placeOf(near);
    const isFree = (candidate: number): boolean => {
      if (ports.has(pairOf(candidate))) return false;
      return ports.at(candidate).length === 0 || ports.isFree({ place, port: candidate, ipv6Only: false, reusePort: false });
    };
    const port = bound ?? ports.next(limits.ephemeralPorts, isFree);
    if (port === 0) this.#kernel.host.encounters.ports++;
    if (port === 0 || ports.has(pairOf(port))) return 0;
    connection.pair = pairOf(port);
    ports.hold(connection.pair);
    return port;
  }
}

/** `isAsked`: the caller has chosen the near port. */
function routeOf({ to, path, back }: Hop, place: Place, port: number, near: { address: string; port: number }, isAsked: boolean): Route {
  const key = place.isAny ? near.address : place.key;
  const at: Place = { ...place, key, isAny: false };
  return {
    path,
    back,
    isAnswering: () => to.isUp && !to.ignores(port),
    find: () => (to.refuses(port) ? null : to.kernel.listenerAt(at, port)),
    createPeer: () => to.kernel.createConnection('tcp'),
    // A listener on IPv6 for both families sees IPv4 as mapped.
    ends: ({ where }) => {
      const mapped = 'family' in where && where.family === 'IPv6' && place.version === 4;
      return [endpointOf(key, port, mapped), endpointOf(near.address, near.port, mapped)];
    },
    near: isAsked ? near : null,
  };
}

function connectedAlready(connection: MemoryConnection, to: Endpoint): SystemError | null {
  if (connection.wasConnectedAgain) return systemError({ code: 'EISCONN', syscall: 'connect', endpoint: to });
  connection.wasConnectedAgain = true;
  connection.connected();
  return null;
}

function unreachable({ connection, to }: { readonly connection: MemoryConnection; readonly to: Endpoint }): void {
  if (connection.isClosed || connection.hasCrashed) return;
  connection.notConnected(systemError({ code: 'EHOSTUNREACH', syscall: 'connect', endpoint: to }));
}

function checked(endpoint: Endpoint): InetEndpoint {
  if (isPathEndpoint(endpoint)) throw noPaths();
  checkPort(endpoint.port);
  checkAddress(endpoint.address);
  return endpoint;
}

function noPaths(): Error {
  return codedError(TypeError, 'ERR_INVALID_ARG_VALUE', 'This transport takes addresses and ports, not paths');
}
