import { isIP } from '@netstrata/ip-utils';
import { bare, invalidArgValue, optionsOf } from '@netstrata/stream-core';
import {
  isPathEndpoint, type Connection, type Endpoint, type InetEndpoint, type OpenOptions, type PathEndpoint, type Transport,
} from '@netstrata/transport';
import { context, defaultContext, ipcOf, known, listenerAt, type NetContext } from './context.js';
import { dispose } from '../runtime/dispose.js';
import { addressInfo, inet, type AddressInfo } from '../args/endpoints.js';
import { handleAdopted, noOpening } from '../args/errors.js';
import { isLinux } from '../runtime/runtime.js';
import { checkBoolean, checkNoNul, checkObject, checkPort, checkString } from '../args/validate.js';

/** Where a `BoundSocket` is bound. */
export interface BoundSocketOptions {
  /** An IP address; names are not resolved. '0.0.0.0' when not given, '::' with `ipv6Only`. */
  host?: string | undefined;
  /** 0, and when not given, for any that is free. */
  port?: number | string | undefined;
  /** Do not take IPv4 on an IPv6 address. */
  ipv6Only?: boolean | undefined;
  /** SO_REUSEPORT. */
  reusePort?: boolean | undefined;
  /** A path in place of an address and a port. */
  path?: string | undefined;
}

/** @internal What a BoundSocket was opened by. */
export const boundBy = Symbol('netstrata.boundBy');

/** @internal Takes the connection out of a BoundSocket. Throws ERR_SOCKET_HANDLE_ADOPTED when it is out already. */
export const adoptBound = Symbol('netstrata.adoptBound');

/**
 * A socket that is bound and neither connected nor listening yet (Node 24 and later): `server.listen(bound)` or
 * `new Socket({ handle: bound })` go on with it. What is not adopted must be closed.
 * @example
 * ```js
 * import { BoundSocket, createServer } from '@netstrata/net-compat';
 *
 * const bound = new BoundSocket({ host: '127.0.0.1' });
 * const { port } = bound.address();
 * const server = createServer().listen(bound, () => {
 *   console.log(server.address().port === port); // prints true
 *   server.close();
 * });
 * ```
 */
export class BoundSocket {
  declare readonly [context]: NetContext;
  readonly #transport: Transport;
  readonly #local: Endpoint;
  #connection: Connection | null;

  /** Throws system errors of `bind`, and ERR_INVALID_ARG_VALUE for a host that is no IP address. */
  constructor(given: BoundSocketOptions = {}) {
    checkObject(given, 'options');
    const net = this[context];
    const options = optionsOf(given, ['host', 'port', 'ipv6Only', 'reusePort', 'path']);
    const local = options.path === undefined ? portOf(options) : pathOf(options, options.path, given);
    this.#transport = isPathEndpoint(local)
      ? ipcOf(net)
      : known(listenerAt(net, local.address, local.port), `${local.address}:${local.port}`);
    const { ipv6Only = false, reusePort = false } = options;
    this.#connection = open(this.#transport, bare(isPathEndpoint(local) ? { local } : { local, ipv6Only, reusePort }));
    this.#local = this.#connection.local!;
  }

  /** Where it is bound: a path is given as such. */
  address(): AddressInfo | string {
    this.#own();
    return isPathEndpoint(this.#local) ? this.#local.path : addressInfo(this.#local)!;
  }

  /** The descriptor, which stays this socket's; -1 where sockets have none. */
  fd(): number {
    return (this.#own().native as { fd?: number } | undefined)?.fd ?? -1;
  }

  /** Whether it is bound to a path. */
  get isPipe(): boolean {
    return isPathEndpoint(this.#local);
  }

  /**
   * Gives the address back.
   * @throws Error `ERR_SOCKET_HANDLE_ADOPTED` when something else has it already
   */
  close(): void {
    this[adoptBound]().close();
  }

  /** Closes it, unless something else has it. For `using`. */
  [dispose](): void {
    if (this.#connection !== null) this.close();
  }

  /** @internal */
  get [boundBy](): Transport {
    return this.#transport;
  }

  /** @internal */
  [adoptBound](): Connection {
    const connection = this.#own();
    this.#connection = null;
    return connection;
  }

  #own(): Connection {
    if (this.#connection === null) throw handleAdopted();
    return this.#connection;
  }
}

Object.defineProperty(BoundSocket.prototype, context, bare({ value: defaultContext }));

/** The class of another net. */
export function deriveBoundSocket(net: NetContext): typeof BoundSocket {
  const Derived = { BoundSocket: class extends BoundSocket {} }.BoundSocket;
  Object.defineProperty(Derived.prototype, context, bare({ value: net }));
  return Derived;
}

/** Where a BoundSocket with an address and a port shall be. */
function portOf(options: BoundSocketOptions): InetEndpoint {
  const port = checkPort(options.port ?? 0, 'options.port');
  const ipv6Only = options.ipv6Only ?? false;
  checkBoolean(ipv6Only, 'options.ipv6Only');
  checkBoolean(options.reusePort ?? false, 'options.reusePort');
  const host = options.host ?? (ipv6Only ? '::' : '0.0.0.0');
  checkString(host, 'options.host');
  const family = isIP(host);
  if (family === 0) {
    throw invalidArgValue('options.host', host, 'must be a numeric IP address; net.BoundSocket does not perform DNS resolution');
  }
  return inet(host, port, family);
}

function pathOf({ host, port, ipv6Only, reusePort }: BoundSocketOptions, path: string, given: object): PathEndpoint {
  if (host !== undefined || port !== undefined || ipv6Only !== undefined || reusePort !== undefined) {
    throw invalidArgValue('options', given, 'path is mutually exclusive with host, port, ipv6Only, and reusePort');
  }
  checkString(path, 'options.path');
  const isAbstract = path.startsWith('\0');
  if (isAbstract && !isLinux) throw invalidArgValue('options.path', path, 'abstract socket paths are only supported on Linux');
  if (!isAbstract) checkNoNul(path, 'options.path');
  return { path };
}

function open(transport: Transport, options: OpenOptions): Connection {
  if (transport.open === undefined) throw noOpening(transport.name);
  const connection = transport.open(options);
  // That it was closed is of no interest.
  connection.sink = { onData() {}, onEnd() {}, onWriteDone() {}, onShutdownDone() {}, onClose() {} };
  if (connection.local !== null) return connection;
  connection.close();
  throw noOpening(transport.name);
}
