import { isIP } from '@netstrata/ip-utils';
import { codedError } from '@netstrata/stream-core';
import {
  connectOptionsOf, isPathEndpoint, listenEndpointOf, listenOptionsOf, openOptionsOf, systemError,
  type Acceptor, type Capabilities, type Connection, type ConnectOptions, type ConnectSink, type Endpoint, type InetEndpoint, type Listener,
  type ListenEndpoint, type ListenOptions, type OpenOptions, type SystemError, type Transport,
} from '@netstrata/transport';
import { endpointOf, placeOf, type Place } from '../base/place.js';
import { checkAddress } from '../base/check.js';
import type { MemoryConnection } from '../kernel/connection.js';
import { Dial } from '../dial/dial.js';
import type { Host } from '../network/host.js';
import { MemoryListener } from '../kernel/listener.js';
import type { Binding } from '../kernel/ports.js';
import type { Stack } from '../kernel/kernel.js';

const CAPABILITIES: Capabilities = {
  halfClose: true, reset: true, listen: true, bind: true, adopt: false, noDelay: true, keepAlive: true, typeOfService: true, open: true,
};

/** Linux asks three times, a second apart, who has an address. */
const NOBODY_ANSWERS = 3000;

/** Addresses and ports, as one host has them. */
export class TcpTransport implements Transport {
  readonly name = 'memory';
  readonly capabilities = CAPABILITIES;
  readonly #stack: Stack;

  constructor(stack: Stack) {
    this.#stack = stack;
  }

  /** Throws ERR_SOCKET_BAD_PORT, ERR_INVALID_IP_ADDRESS or ERR_INVALID_ARG_VALUE; everything else comes to `sink.onClose`. */
  connect(endpoint: Endpoint, sink: ConnectSink, given?: ConnectOptions): Connection {
    const options = connectOptionsOf(given);
    const to = checked(endpoint);
    if (options.localAddress !== undefined) checkAddress(options.localAddress);
    if (options.localPort !== undefined) checkPort(options.localPort);
    const connection = (options.from as MemoryConnection | undefined) ?? this.#stack.host.createConnection('tcp');
    if (options.typeOfService !== undefined) (connection as Connection).setTypeOfService?.(options.typeOfService);
    return connection.connect(sink, () => this.#dial(connection, to, options));
  }

  /** Throws what `bind` says, and as `connect` does for what is no address. */
  open(given?: OpenOptions): Connection {
    const { local, ipv6Only = false, reusePort = false } = openOptionsOf(given);
    const near = local === undefined ? undefined : checked(local);
    const connection = this.#stack.host.createConnection('tcp');
    if (near !== undefined) {
      const error = this.#bind(connection, near.address, near.port, ipv6Only, reusePort);
      if (error !== null) throw error;
    }
    return connection;
  }

  listen(where: ListenEndpoint, acceptor: Acceptor, given?: ListenOptions): Listener {
    const endpoint = listenEndpointOf(where);
    const options = listenOptionsOf(given);
    if (isPathEndpoint(endpoint)) throw noPaths();
    checkPort(endpoint.port);
    const address = endpoint.address ?? '::';
    checkAddress(address);
    const { host, ports } = this.#stack;
    const { ipv6Only = false, reusePort = false } = options;
    const place = placeOf(address);
    const port = ports.choose({ place, port: endpoint.port, ipv6Only, reusePort }, host.limits.ephemeralPorts);
    const at: InetEndpoint = { address, port: port || endpoint.port, family: isIP(address) === 6 ? 'IPv6' : 'IPv4' };
    const binding: Binding = { place, port, ipv6Only, reusePort };
    const listener = new MemoryListener(this.#stack, at, binding, acceptor, options.backlog);
    const code = !isOwn(host, place) ? 'EADDRNOTAVAIL' : port === 0 ? 'EADDRINUSE' : !this.#stack.openFile() ? 'EMFILE' : null;
    if (code !== null) {
      listener.failed(systemError({ code, syscall: 'listen', endpoint: { ...at, port: endpoint.port } }));
      return listener;
    }
    ports.bind(binding);
    listener.began();
    return listener;
  }

  #bind(connection: MemoryConnection, address: string, port: number, ipv6Only: boolean, reusePort: boolean): SystemError | null {
    const { host, ports } = this.#stack;
    const place = placeOf(address);
    const endpoint: InetEndpoint = { address, port, family: isIP(address) === 6 ? 'IPv6' : 'IPv4' };
    if (!isOwn(host, place)) return systemError({ code: 'EADDRNOTAVAIL', syscall: 'bind', endpoint });
    if (!connection.openFile()) return systemError({ code: 'EMFILE', syscall: 'bind', endpoint });
    const bound = ports.choose({ place, port, ipv6Only, reusePort }, host.limits.ephemeralPorts);
    if (bound === 0) return systemError({ code: 'EADDRINUSE', syscall: 'bind', endpoint });
    connection.binding = { place, port: bound, ipv6Only, reusePort };
    ports.bind(connection.binding);
    connection.localEnd = { ...endpoint, port: bound };
    return null;
  }

  /** The error, where there is one at once. */
  #dial(connection: MemoryConnection, to: InetEndpoint, { localAddress, localPort }: ConnectOptions): SystemError | null {
    const { host } = this.#stack;
    const { network } = host;
    const place = placeOf(to.address);
    const fail = (code: string): SystemError => systemError({ code, syscall: 'connect', endpoint: to, sockname: { address: place.version === 4 ? '0.0.0.0' : '::', port: 0 } });
    if (connection.isConnecting) return systemError({ code: 'EALREADY', syscall: 'connect', endpoint: to });
    if (connection.outgoing !== null) return connectedAlready(connection, to);
    if (localAddress !== undefined && isIP(localAddress) !== isIP(to.address)) {
      return systemError({ code: 'EINVAL', syscall: 'bind', address: localAddress, port: localPort });
    }
    if (localAddress !== undefined || localPort !== undefined) {
      const error = this.#bind(connection, localAddress ?? (place.version === 4 ? '0.0.0.0' : '::'), localPort ?? 0, false, false);
      if (error !== null) return error;
    }
    if (!connection.openFile()) return fail('EMFILE');
    const near = this.#nearAddress(connection, place);
    if (near === null) return fail('ENETUNREACH');
    const port = this.#nearPort(connection, near, place, to.port);
    if (port === 0) return fail('EADDRNOTAVAIL');
    const isMapped = to.family === 'IPv6' && place.version === 4;
    connection.localEnd = endpointOf(near, port, isMapped);
    connection.remoteEnd = to;
    connection.id = network.nextConnection();
    connection.note('connect', 0);
    const target = network.owner(place, host);
    if (target === null) {
      network.time.after(NOBODY_ANSWERS, unreachable, { connection, to });
      return null;
    }
    const key = place.isAny ? near : place.key;
    const at = { ...place, key, isAny: false };
    new Dial(connection, to, {
      host: target,
      path: network.path(host, target),
      back: network.path(target, host),
      find: () => (target.isRefusing(to.port) ? null : target.stack.listenerAt(at, to.port)),
      isIgnored: () => target.isIgnoring(to.port),
      // Who listens on IPv6 for both sees IPv4 as mapped.
      ends: (listener) => {
        const mapped = 'family' in listener.where && listener.where.family === 'IPv6' && place.version === 4;
        return [endpointOf(key, to.port, mapped), endpointOf(near, port, mapped)];
      },
      near: localPort === undefined ? null : { address: near, port },
    }).begin();
    return null;
  }

  /** The address that a connection to there comes from; null where there is no way. */
  #nearAddress(connection: MemoryConnection, to: Place): string | null {
    const { places } = this.#stack.host;
    const bound = connection.binding?.place;
    if (bound !== undefined && !bound.isAny) return bound.version === to.version ? bound.key : null;
    if (to.isLoopback || to.isAny) return to.version === 4 ? '127.0.0.1' : '::1';
    if (places.some(({ key }) => key === to.key)) return to.key;
    return places.find(({ version }) => version === to.version)?.key ?? null;
  }

  #nearPort(connection: MemoryConnection, near: string, to: Place, toPort: number): number {
    const { host, ports } = this.#stack;
    const pairOf = (port: number): string => `${near} ${port} ${to.key} ${toPort}`;
    const bound = connection.binding?.port;
    const place = placeOf(near);
    const port = bound ?? ports.next(host.limits.ephemeralPorts, (candidate) =>
      !ports.has(pairOf(candidate)) && (ports.at(candidate).length === 0 || ports.isFree({ place, port: candidate, ipv6Only: false, reusePort: false })));
    if (port === 0 || ports.has(pairOf(port))) return 0;
    connection.pair = pairOf(port);
    ports.hold(connection.pair);
    return port;
  }
}

function isOwn(host: Host, { key, isLoopback, isAny }: Place): boolean {
  return isLoopback || isAny || host.places.some((own) => own.key === key);
}

function connectedAlready(connection: MemoryConnection, to: Endpoint): SystemError | null {
  if (connection.wasConnectedAgain) return systemError({ code: 'EISCONN', syscall: 'connect', endpoint: to });
  connection.wasConnectedAgain = true;
  connection.connected();
  return null;
}

function unreachable({ connection, to }: { readonly connection: MemoryConnection; readonly to: Endpoint }): void {
  if (connection.isClosed || connection.stack.isDead) return;
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

function checkPort(port: unknown): void {
  if (typeof port === 'number' && Number.isInteger(port) && port >= 0 && port <= 65535) return;
  throw codedError(RangeError, 'ERR_SOCKET_BAD_PORT', `Port should be >= 0 and < 65536. Received ${typeof port} (${String(port)}).`);
}

