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

export interface OnReadOpts extends OnReadOptions {
  callback(bytesWritten: number, buffer: Uint8Array): boolean;
}

/** Of the types of Node 20 and 22. */
export interface ConnectOpts {
  onread?: OnReadOpts | undefined;
}

export interface SocketConstructorOpts extends SocketOptions {
  onread?: OnReadOpts | undefined;
  blockList?: BlockListOfNode<BlockList> | undefined;
}

type Deadline = Pick<DialLimits, 'connectTimeout'>;

export interface TcpSocketConnectOpts extends TcpConnectOptions, Deadline {
  port: number;
  family?: number | undefined;
  /** `ConnectOptions` also have `'race'`. */
  autoSelectFamily?: boolean | undefined;
}

export interface IpcSocketConnectOpts extends IpcConnectOptions, Deadline {}

export type SocketConnectOpts = TcpSocketConnectOpts | IpcSocketConnectOpts;

export interface TcpNetConnectOpts extends TcpSocketConnectOpts, SocketConstructorOpts {
  timeout?: number | undefined;
}

export interface IpcNetConnectOpts extends IpcSocketConnectOpts, SocketConstructorOpts {
  timeout?: number | undefined;
}

export type NetConnectOpts = TcpNetConnectOpts | IpcNetConnectOpts;

export interface SetKeepAliveOptions extends KeepAliveOptions {
  enable?: boolean | undefined;
  initialDelay?: number | undefined;
  interval?: number | undefined;
  count?: number | undefined;
}

export type SocketReadyState = 'opening' | 'open' | 'readOnly' | 'writeOnly' | 'closed';

export interface ServerOpts extends ServerOptions {
  blockList?: BlockListOfNode<BlockList> | undefined;
}

export type IPVersion = SocketAddressFamily;

export interface SocketAddressInitOptions extends SocketAddressInit {
  family?: IPVersion | undefined;
  port?: number | undefined;
}
