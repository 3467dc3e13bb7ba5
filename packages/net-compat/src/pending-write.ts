import { byteLength, core, Duplex, type WriteCallback } from '@netstrata/stream-core';
import { closedBeforeConnection, socketClosed } from './errors.js';
import type { Socket } from './socket.js';

/** A write that found no connection: it waits for one that is on its way. */
export function writeWhenConnected(socket: Socket, chunk: Uint8Array | string, encoding: string, callback: WriteCallback): void {
  if (socket.connecting) {
    socket._pendingData = chunk;
    socket._pendingEncoding = encoding;
    const onClose = (): void => {
      callback(closedBeforeConnection());
    };
    socket.once('connect', () => {
      socket.off('close', onClose);
      writeWhenConnected(socket, chunk, encoding, callback);
    });
    socket.once('close', onClose);
    return;
  }
  socket._pendingData = null;
  if (socket[core].channel === null) {
    callback(socketClosed());
    return;
  }
  socket._unrefTimer();
  Duplex.prototype._write.call(socket, chunk, encoding, callback);
}

/** Bytes of what waits for the connection. */
export function pendingBytes(pending: unknown, encoding: string): number {
  if (typeof pending === 'string') return byteLength(pending, encoding);
  return pending instanceof Uint8Array ? pending.length : 0;
}
