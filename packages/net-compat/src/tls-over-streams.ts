import type { Socket } from './socket.js';

type Listener = (...args: unknown[]) => void;
type Once = (this: Socket, event: string | symbol, listener: Listener) => Socket;

/**
 * Node's tls takes a `net.Socket` without a handle of the runtime for one that is still connecting, waits for its 'connect' (`TLSSocket._init`), and
 * for ever where that has been. The handshake is over a stream of JavaScript then, which needs no handle: it is told that the socket is connected.
 * Only sockets of nets over other transports come here, and only when a listener of 'connect' is added once they are connected.
 */
export function tellTls(once: Once): Once {
  return function (this: Socket, event: string | symbol, listener: Listener): Socket {
    if (event === 'connect' && !this.connecting && !this.pending && this._handle === null && isOfTls()) {
      queueMicrotask(listener);
      return this;
    }
    return once.call(this, event, listener);
  };
}

function isOfTls(): boolean {
  return /\bTLSSocket\._init\b/.test(new Error().stack ?? '');
}
