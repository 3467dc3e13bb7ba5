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
