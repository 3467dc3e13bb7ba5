import { Duplex, type WriteCallback, type EncodingName } from '@netstrata/stream-core';
import { contextOf } from '../shared/context.js';
import { endedByPeer } from '../args/errors.js';
import type { SocketFace } from '../shared/socket-face.js';
import { tellOfChildren } from '../runtime/diagnostics.js';

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

/*
 * Sockets that a child process has as stdio. Node stops reading from it for good, so that the child can, and then nothing in
 * this process sees that the peer has ended: it would never close. Once the children are gone and this side has ended, what is left is
 * read and dropped, as Node does with the pipes of a child that is gone.
 */

interface Child {
  once(event: 'close', listener: () => void): unknown;
}

/** The child that is being started. */
let starting: Child | null = null;
/** The sockets that a child has; it may have one as several. */
const given = new WeakMap<Child, Set<SocketFace>>();
/** How many children have a socket. */
const uses = new WeakMap<SocketFace, number>();

tellOfChildren((child) => {
  starting = child as Child;
  queueMicrotask(() => { starting = null; });
});

/** Node tells a socket not to flow that it gives to the child which it starts. */
export function stoppedFlowing(socket: SocketFace): void {
  if (starting === null) return;
  const child = starting;
  const sockets = given.get(child) ?? new Set();
  if (sockets.has(socket)) return;
  if (sockets.size === 0) child.once('close', () => { sockets.forEach(left); });
  given.set(child, sockets.add(socket));
  uses.set(socket, (uses.get(socket) ?? 0) + 1);
}

/** A child that had the socket is gone. */
function left(socket: SocketFace): void {
  uses.set(socket, uses.get(socket)! - 1);
  if (socket.writableFinished) readRest(socket);
  else if (!socket.destroyed) socket.once('finish', () => { readRest(socket); });
}

function readRest(socket: SocketFace): void {
  const isRead = socket.readableFlowing !== false || socket.listenerCount('readable') > 0;
  if (uses.get(socket) === 0 && isStdio(socket) && !isRead) socket.resume();
}

/** Node marks what it has given to a child. */
function isStdio(socket: SocketFace): boolean {
  return Object.getOwnPropertySymbols(socket).some(({ description }) => description === 'kIsUsedAsStdio');
}
