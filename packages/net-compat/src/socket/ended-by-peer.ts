import { Duplex, type WriteCallback, type EncodingName } from '@netstrata/stream-core';
import { contextOf } from '../net/context.js';
import { endedByPeer } from '../args/errors.js';
import type { SocketFace } from '../net/socket-face.js';

/** Once the peer has ended, a socket that is not half-open ends too: writing to it is a separate error. */
export function onReadableStreamEnd(this: SocketFace): void {
  if (!this.allowHalfOpen) this.write = writeAfterEnd;
}

/** For a socket that connects. As with node:net, it then writes with the method of all sockets, not with its own. */
export function writesAgain(socket: SocketFace): void {
  const { write } = contextOf(socket).Socket.prototype as { readonly write: unknown };
  if (socket.write !== write) socket.write = write as SocketFace['write'];
}

function writeAfterEnd(this: SocketFace, chunk: Uint8Array | string, encoding?: unknown, callback?: unknown): boolean {
  if (!this.writableEnded) return Duplex.prototype.write.call(this, chunk, encoding as EncodingName, callback as WriteCallback);
  const done = typeof encoding === 'function' ? encoding : callback;
  const error = endedByPeer();
  if (typeof done === 'function') contextOf(this).clock.nextTick(done as (error: Error) => void, error);
  this.destroy(error);
  return false;
}
