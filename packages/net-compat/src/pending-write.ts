import { byteLength, bytesGone, core, isByteArray, sizeOf, type Outgoing, type WriteCallback } from '@netstrata/stream-core';
import { systemError } from '@netstrata/transport';
import { closedBeforeConnection, socketClosed } from './errors.js';
import { socketState } from './socket-state.js';
import type { Socket } from './socket.js';

/** A write that found no connection, of one chunk or of several: it waits for one that is on its way. */
export function writeWhenConnected(socket: Socket, data: Uint8Array | string | Outgoing[], encoding: string, callback: WriteCallback): void {
  if (socket.connecting) {
    socket._pendingData = data;
    socket._pendingEncoding = encoding;
    const onClose = (): void => {
      callback(closedBeforeConnection());
    };
    const size = pendingBytes(data, encoding);
    socket.once('connect', () => {
      socket.off('close', onClose);
      // The memory is the caller's still, who may have given it away.
      if (pendingBytes(data, encoding) < size) callback(bytesGone());
      else writeWhenConnected(socket, data, encoding, callback);
    });
    socket.once('close', onClose);
    return;
  }
  socket._pendingData = null;
  if (socket[core].channel === null) {
    const { bound } = socketState(socket);
    callback(bound === null ? socketClosed() : systemError({ code: bound === 'pipe' ? 'ENOTCONN' : 'EPIPE', syscall: 'write' }));
    return;
  }
  socket._unrefTimer();
  if (Array.isArray(data)) socket[core].writeAllThrough(data, callback);
  else socket[core].writeThrough(data, encoding, callback);
}

/** Bytes of what waits for the connection. */
export function pendingBytes(pending: unknown, encoding: string): number {
  if (typeof pending === 'string') return byteLength(pending, encoding);
  if (Array.isArray(pending)) return (pending as Outgoing[]).reduce((bytes, { chunk, encoding: of }) => bytes + pendingBytes(chunk, of), 0);
  return isByteArray(pending) ? sizeOf(pending) : 0;
}
