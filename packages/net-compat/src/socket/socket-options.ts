import type { EncodingName, Outgoing, WriteCallback } from '@netstrata/stream-core';
import type { FamilySelection } from '../args/validate.js';
import type { AddressChecker } from '../args/address-checker.js';
import type { SocketFace } from '../shared/socket-face.js';
import type { Signal } from '../types/node-types.js';
import type { LookupFunction } from '../runtime/runtime.js';
import type { OnReadOptions } from './user-buffer.js';

/** What a socket is made with (https://nodejs.org/api/net.html#new-netsocketoptions), and what is beyond Node. */
export interface SocketOptions {
  /** An open file descriptor to take over. */
  fd?: number | undefined;
  /**
   * A native handle to take over, or a socket that has one. So a child process goes on with a connection that was sent
   * to it: `process.on('message', (message, socket) => new Socket({ handle: socket }))`, where `socket` is the builtin's.
   * Or a `BoundSocket`.
   */
  handle?: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- as `unknown`, also where a type of Node's says which
  /** Stay writable when the peer has ended; false when not given. */
  allowHalfOpen?: boolean | undefined;
  /** False: the socket is not readable, of a descriptor. */
  readable?: boolean | undefined;
  /** False: the socket is not writable, of a descriptor. */
  writable?: boolean | undefined;
  /** Do not read from the handle or descriptor yet. */
  pauseOnCreate?: boolean | undefined;
  /** Do not read before `read` or `resume` is called. */
  manualStart?: boolean | undefined;
  /** Bytes that may wait in each direction before backpressure sets in. */
  highWaterMark?: number | undefined;
  /** The same for reading alone. */
  readableHighWaterMark?: number | undefined;
  /** The same for writing alone. */
  writableHighWaterMark?: number | undefined;
  /** Send small writes at once (TCP_NODELAY). */
  noDelay?: boolean | undefined;
  /** Send probes while nothing else is sent (SO_KEEPALIVE). */
  keepAlive?: boolean | undefined;
  /** Milliseconds. */
  keepAliveInitialDelay?: number | undefined;
  /** The IP type of service octet, 0 to 255. */
  typeOfService?: number | undefined;
  /** Aborting it destroys the socket. */
  signal?: Signal | undefined;
  /** Addresses that are not connected to: an instance of `BlockList`, the builtin's or ours. */
  blockList?: AddressChecker | undefined;
  /** Read into this buffer, with no stream in between. */
  onread?: OnReadOptions | undefined;
  /**
   * False: the writes of a tick leave one by one, as with `node:net`, and not together at its end. As `createNet` was told when not given;
   * else true. The environment variable NETSTRATA_GATHER=0 turns gathering off for the process.
   */
  gather?: boolean | undefined;
  /**
   * True: what is read is cut from memory that connections share, which is cheaper for short messages. The ArrayBuffer of a chunk holds
   * bytes of other connections of the process then, and a chunk that is kept keeps all of it. As `createNet` was told when not given; else
   * false.
   */
  pooledReads?: boolean | undefined;
  /** Rejections of async listeners destroy the socket. */
  captureRejections?: boolean | undefined;
  /** As with `setEncoding`. */
  encoding?: EncodingName | undefined;
  /** Of strings that are written without one; 'utf8' when not given. */
  defaultEncoding?: EncodingName | undefined;
  /** What a subclass may replace (`_read`, `_write`, `_writev`, `_final`, `_destroy`), for this socket. */
  read?: ((this: SocketFace, size: number) => void) | undefined;
  /** In place of `_write`. */
  write?: ((this: SocketFace, chunk: Uint8Array | string, encoding: string, callback: WriteCallback) => void) | undefined;
  /** In place of `_writev`. */
  writev?: ((this: SocketFace, chunks: readonly Outgoing[], callback: WriteCallback) => void) | undefined;
  /** In place of `_final`. */
  final?: ((this: SocketFace, callback: WriteCallback) => void) | undefined;
  /** In place of `_destroy`. */
  destroy?: ((this: SocketFace, error: Error | null, callback: (error?: Error | null) => void) => void) | undefined;
}

/** Of `socket.setKeepAlive`. */
export interface KeepAliveOptions {
  /** Whether probes are sent. */
  enable?: unknown;
  /** Milliseconds. */
  initialDelay?: unknown;
  /** Milliseconds between probes. */
  interval?: unknown;
  /** Probes before the connection counts as dead. */
  count?: unknown;
}

/** Where and how `connect` goes by TCP (https://nodejs.org/api/net.html#socketconnectoptions-connectlistener). */
export interface TcpConnectOptions {
  /** 0 to 65535. */
  port: number | string;
  /** A name or an IP address; `localhost` when not given. */
  host?: string | undefined;
  /** The near address. */
  localAddress?: string | undefined;
  /** The near port. */
  localPort?: number | undefined;
  /** 4, 6, 'IPv4', 'IPv6', or 0 for either. */
  family?: number | string | undefined;
  /** Flags for `lookup`. */
  hints?: number | undefined;
  /** Resolves the name; `dns.lookup` when not given. */
  lookup?: LookupFunction | undefined;
  /**
   * Whether all addresses of a name are tried: one after the other (true, as Node does), or in attempts that overlap (`'race'`, RFC 8305).
   */
  autoSelectFamily?: FamilySelection | undefined;
  /** Milliseconds that an attempt has, or after which the next one starts in a race. */
  autoSelectFamilyAttemptTimeout?: number | undefined;
}

/** Where `connect` goes by path. */
export interface IpcConnectOptions {
  /** A UNIX socket's path, a Linux abstract name (first character NUL), or a Windows pipe name. */
  path: string;
}

/** Of every kind of `connect`. */
export interface DialLimits {
  /** Milliseconds without a byte after which 'timeout' is emitted. */
  timeout?: number | undefined;
  /**
   * Milliseconds for the whole dial, the lookup of a name and all attempts included. Then the socket is destroyed with ETIMEDOUT, `syscall`
   * 'connect'. None when not given, or 0: as long as the system takes.
   */
  connectTimeout?: number | undefined;
}

/** What `connect` takes. */
export type ConnectOptions = (TcpConnectOptions | IpcConnectOptions) & SocketOptions & DialLimits;
