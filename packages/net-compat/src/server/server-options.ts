import type { AddressChecker } from '../args/address-checker.js';
import type { Signal } from '../types/node-types.js';

export interface ServerOptions {
  /** Accepted sockets stay writable when their peers have ended. */
  allowHalfOpen?: boolean | undefined;
  /** Accepted sockets do not read until resumed, so that they can be passed on. */
  pauseOnConnect?: boolean | undefined;
  noDelay?: boolean | undefined;
  keepAlive?: boolean | undefined;
  /** Milliseconds. */
  keepAliveInitialDelay?: number | undefined;
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
  port?: number | string | null | undefined;
  host?: string | undefined;
  path?: string | undefined;
  backlog?: number | undefined;
  /** In a cluster worker: do not share the port with other workers. */
  exclusive?: boolean | undefined;
  /**
   * Beyond node:net: a socket file at `path` that nobody listens on, as a process leaves it that was killed, is replaced. One that somebody
   * listens on is EADDRINUSE as ever, and so is a file of another kind. Of several that do this at the same time one listens.
   */
  reclaim?: boolean | undefined;
  readableAll?: boolean | undefined;
  writableAll?: boolean | undefined;
  ipv6Only?: boolean | undefined;
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
  port?: number | undefined;
}

/** What a server that does not accept a connection tells about it. Nothing at all where the medium has no addresses. */
export interface DropArgument {
  localAddress?: string | undefined;
  localPort?: number | undefined;
  localFamily?: string | undefined;
  remoteAddress?: string | undefined;
  remotePort?: number | undefined;
  remoteFamily?: string | undefined;
}
