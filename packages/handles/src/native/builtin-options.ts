import type { ConnectRequest } from './stream-handle.js';

/**
 * Owns what sockets of the builtin are made with. Apart from the builtin itself: the declarations of this are read also where there are no
 * types of Node.
 */

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
  /** Of a stream handle of Node's: nothing is read. */
  reading = false;
  /** The request that `connect` was given, with what the builtin asked for. */
  request: ConnectRequest | null = null;

  /** Keeps the request. Always 0, which is success. */
  connect(request: ConnectRequest): number {
    this.request = request;
    return 0;
  }

  /** The same. */
  connect6(request: ConnectRequest): number { return this.connect(request); }
  /** Does nothing. Always 0. */
  readStart(): number { return 0; }
  /** Does nothing. Always 0. */
  readStop(): number { return 0; }
  /** Does nothing. */
  ref(): void {}
  /** Does nothing. */
  unref(): void {}
  /** Calls back. */
  close(done?: () => void): void { done?.(); }
}
