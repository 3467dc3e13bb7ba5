import imported from 'node:net';
import type { ConnectRequest } from './stream-handle.js';

/** Owns the runtime's own `node:net`: as it was when this was loaded, whatever is put in its place afterwards. */

/** Where `net-compat/register` keeps the builtin's own members while others replace them. */
const original = Symbol.for('netstrata.builtin');

/**
 * All options of Node's sockets and servers. Node copies what it is given into objects that inherit from `Object.prototype`, and reads
 * those: what a program has put there would hold for options that are not given.
 */
const NOT_GIVEN = Object.fromEntries([
  'fd', 'handle', 'allowHalfOpen', 'readable', 'writable', 'pauseOnCreate', 'pauseOnConnect', 'manualStart', 'onread', 'signal', 'noDelay',
  'keepAlive', 'keepAliveInitialDelay', 'typeOfService', 'blockList', 'highWaterMark', 'readableHighWaterMark', 'writableHighWaterMark',
  'objectMode', 'readableObjectMode', 'writableObjectMode', 'encoding', 'defaultEncoding', 'captureRejections', 'read', 'write', 'writev',
  'final', 'destroy', 'construct',
].map((name) => [name, undefined]));

/** Options for `new net.Socket` and `net.createServer`. */
export function builtinOptions(given: object): object {
  return { ...NOT_GIVEN, ...given };
}

/**
 * A handle for a builtin socket that is made for what it has inside. It does nothing but keep the request that it was to connect with.
 */
export class IdleHandle {
  reading = false;
  request: ConnectRequest | null = null;

  connect(request: ConnectRequest): number {
    this.request = request;
    return 0;
  }

  connect6(request: ConnectRequest): number { return this.connect(request); }
  readStart(): number { return 0; }
  readStop(): number { return 0; }
  ref(): void {}
  unref(): void {}
  close(done?: () => void): void { done?.(); }
}

interface Net extends Pick<typeof imported, 'Socket' | 'createServer'> {
  /** A handle that is bound, or a libuv error number. */
  _createServerHandle?: (address: string | null, port: number | null, type: number | null, fd?: number, flags?: number) => object | number;
  /** Node 24 and later. */
  BoundSocket?: new (options: object) => object;
}

// A program that answers `require('net')` with net-compat must not give it to what net-compat depends on.
const load = (process as { getBuiltinModule?: (name: string) => unknown }).getBuiltinModule;
const exports = (load?.('node:net') ?? imported) as typeof imported;
const kept = ((exports.Socket as { [original]?: Net })[original] ?? exports) as Net;
const { Socket, createServer, _createServerHandle, BoundSocket } = kept;

export const net: Net = { Socket, createServer, _createServerHandle: _createServerHandle!, BoundSocket: BoundSocket! };
