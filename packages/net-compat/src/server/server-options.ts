import type { AddressChecker } from '../args/address-checker.js';
import type { Signal } from '../types/node-types.js';

/** What a server is made with (https://nodejs.org/api/net.html#netcreateserveroptions-connectionlistener). */
export interface ServerOptions {
  /** Accepted sockets stay writable when their peers have ended. */
  allowHalfOpen?: boolean | undefined;
  /** Accepted sockets do not read until resumed, so that they can be passed on. */
  pauseOnConnect?: boolean | undefined;
  /** Accepted sockets send small writes at once (TCP_NODELAY). */
  noDelay?: boolean | undefined;
  /** Accepted sockets send probes while nothing else is sent (SO_KEEPALIVE). */
  keepAlive?: boolean | undefined;
  /** Milliseconds. */
  keepAliveInitialDelay?: number | undefined;
  /** Bytes that may wait in each direction of accepted sockets before backpressure sets in. */
  highWaterMark?: number | undefined;
  /** Whether the writes of a tick leave together at its end, for accepted sockets; see `SocketOptions`. */
  gather?: boolean | undefined;
  /** Whether what accepted sockets read is cut from memory that connections share; see `SocketOptions`. */
  pooledReads?: boolean | undefined;
  /**
   * Milliseconds without a byte in either direction: an accepted socket then emits 'timeout', and is destroyed where nobody listens for
   * that. None when not given, or 0.
   */
  idleTimeout?: number | undefined;
  /** Connections from these addresses are closed at once. */
  blockList?: AddressChecker | undefined;
}

/** What `listen` takes. */
export interface AnyListenOptions {
  /** 0 to 65535; 0, and when not given, for any that is free. */
  port?: number | string | null | undefined;
  /** An address, or a name of one of this host; every address when not given. */
  host?: string | undefined;
  /** A path in place of an address and a port. */
  path?: string | undefined;
  /** Connections that may wait to be accepted; 511 when not given. */
  backlog?: number | undefined;
  /** In a cluster worker: do not share the port with other workers. */
  exclusive?: boolean | undefined;
  /**
   * Beyond node:net: a socket file at `path` that nobody listens on, as a process leaves it that was killed, is replaced. One that somebody
   * listens on is EADDRINUSE as ever, and so is a file of another kind. Of several that do this at the same time one listens.
   */
  reclaim?: boolean | undefined;
  /** Let every user read from the socket file or pipe. */
  readableAll?: boolean | undefined;
  /** Let every user write to the socket file or pipe. */
  writableAll?: boolean | undefined;
  /** Do not take IPv4 on an IPv6 address. */
  ipv6Only?: boolean | undefined;
  /** SO_REUSEPORT: several servers on one port, between which the kernel distributes connections. */
  reusePort?: boolean | undefined;
  /** Closes the server when it aborts. */
  signal?: Signal | undefined;
  /** A descriptor that is bound; in a cluster worker, one of the primary's. */
  fd?: number | undefined;
  /** A native handle that is bound. */
  handle?: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- as `unknown`, also where a type of Node's says which
}

/** The same, as narrow as the types of Node have it. */
export interface ListenOptions extends AnyListenOptions {
  /** 0 to 65535; 0, and when not given, for any that is free. */
  port?: number | undefined;
}

/** What a server that does not accept a connection tells about it. Nothing at all where the medium has no addresses. */
export interface DropArgument {
  /** The near address. */
  localAddress?: string | undefined;
  /** The near port. */
  localPort?: number | undefined;
  /** `IPv4` or `IPv6`. */
  localFamily?: string | undefined;
  /** The address of the peer. */
  remoteAddress?: string | undefined;
  /** The port of the peer. */
  remotePort?: number | undefined;
  /** `IPv4` or `IPv6`. */
  remoteFamily?: string | undefined;
}
