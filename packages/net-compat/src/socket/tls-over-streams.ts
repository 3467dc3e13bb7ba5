import { EventEmitter } from '@netstrata/stream-core';
import type { SocketFace } from '../shared/socket-face.js';
import { withStackDepth } from '../runtime/stack-depth.js';

type Listener = (...args: unknown[]) => void;

/**
 * Node's tls takes a `net.Socket` without a handle of the runtime for one that is still connecting, waits for its 'connect'
 * (`TLSSocket._init`), and for ever where that has been. The handshake is over a stream of JavaScript then, which needs no handle: it is
 * told that the socket is connected. This is `once` of sockets of nets over other transports.
 */
export function tellTls(this: SocketFace, event: string | symbol, listener: Listener): SocketFace {
  if (event === 'connect' && !this.connecting && !this.pending && this._handle === null && isOfTls()) {
    queueMicrotask(listener);
  } else {
    EventEmitter.prototype.once.call(this, event, listener);
  }
  return this;
}

function isOfTls(): boolean {
  const { stack = '' } = withStackDepth(10, () => new Error());
  return /\bTLSSocket\._init\b/.test(stack);
}
