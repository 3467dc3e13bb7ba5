import type { SocketAddressFamily, SocketAddressInit } from '@netstrata/ip-utils/socket-address';
import type { BlockList } from '@netstrata/ip-utils/block-list';
import type { ServerOptions } from '../server/server-options.js';
import type { DialLimits, IpcConnectOptions, KeepAliveOptions, SocketOptions, TcpConnectOptions } from '../socket/socket-options.js';
import type { OnReadOptions } from '../socket/user-buffer.js';
import type { BlockListOfNode } from '../types/node-types.js';

/*
 * The names that @types/node has for options, as narrow as it has them: who reads a port out of one gets a number. What is taken may be
 * wider, see what these extend.
 */

/** `onread` of a socket, as @types/node has it. */
export interface OnReadOpts extends OnReadOptions {
  /** Called with how many bytes are in the buffer. False stops reading, until the socket is resumed. */
  callback(bytesWritten: number, buffer: Uint8Array): boolean;
}

/** Of the types of Node 20 and 22. */
export interface ConnectOpts {
  /** Reads into one buffer, with no stream in between. */
  onread?: OnReadOpts | undefined;
}

/** Options of `new Socket`, as @types/node has them. */
export interface SocketConstructorOpts extends SocketOptions {
  /** As of every socket; the callback says whether reading goes on. */
  onread?: OnReadOpts | undefined;
  /** Addresses that are not connected to. */
  blockList?: BlockListOfNode<BlockList> | undefined;
}

type Deadline = Pick<DialLimits, 'connectTimeout'>;

/** Options of `socket.connect` to an address, as @types/node has them. */
export interface TcpSocketConnectOpts extends TcpConnectOptions, Deadline {
  /** 0 to 65535. */
  port: number;
  /** 4, 6, or 0 for either. */
  family?: number | undefined;
  /** `ConnectOptions` also have `'race'`. */
  autoSelectFamily?: boolean | undefined;
}

/** Options of `socket.connect` to a path, as @types/node has them. */
export interface IpcSocketConnectOpts extends IpcConnectOptions, Deadline {}

/** Options of `socket.connect`, as @types/node has them. */
export type SocketConnectOpts = TcpSocketConnectOpts | IpcSocketConnectOpts;

/** Options of `net.connect` to an address, as @types/node has them. */
export interface TcpNetConnectOpts extends TcpSocketConnectOpts, SocketConstructorOpts {
  /** Milliseconds without a byte after which 'timeout' is emitted. */
  timeout?: number | undefined;
}

/** Options of `net.connect` to a path, as @types/node has them. */
export interface IpcNetConnectOpts extends IpcSocketConnectOpts, SocketConstructorOpts {
  /** Milliseconds without a byte after which 'timeout' is emitted. */
  timeout?: number | undefined;
}

/** Options of `net.connect`, as @types/node has them. */
export type NetConnectOpts = TcpNetConnectOpts | IpcNetConnectOpts;

/** Options of `socket.setKeepAlive`, as @types/node has them. Times in milliseconds. */
export interface SetKeepAliveOptions extends KeepAliveOptions {
  /** Whether probes are sent. */
  enable?: boolean | undefined;
  initialDelay?: number | undefined;
  interval?: number | undefined;
  count?: number | undefined;
}

/** What `socket.readyState` may be. */
export type SocketReadyState = 'opening' | 'open' | 'readOnly' | 'writeOnly' | 'closed';

/** Options of `createServer`, as @types/node has them. */
export interface ServerOpts extends ServerOptions {
  /** Connections from these addresses are closed at once. */
  blockList?: BlockListOfNode<BlockList> | undefined;
}

/** What `SocketAddress.family` may be. */
export type IPVersion = SocketAddressFamily;

export interface SocketAddressInitOptions extends SocketAddressInit {
  family?: IPVersion | undefined;
  port?: number | undefined;
}
