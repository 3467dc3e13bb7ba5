import { byteLength, engine, isByteArray, keepBack, sizeOf, type Outgoing, type WriteCallback } from '@netstrata/stream-core';
import { systemError } from '@netstrata/transport';
import { closedBeforeConnection, socketClosed } from '../args/errors.js';
import { state, type DiallingSocket } from '../dial/dialling-socket.js';

interface ConnectingSocket extends DiallingSocket {
  _pendingData: unknown;
  _pendingEncoding: string;
}

/** A write that found no connection, of one chunk or of several: it waits for one that is on its way. */
export function writeWhenConnected(
  socket: ConnectingSocket, data: Uint8Array | string | readonly Outgoing[], encoding: string, callback: WriteCallback,
): void {
  const requests = Array.isArray(data) ? (data as readonly Outgoing[]) : [{ chunk: data as Uint8Array | string, encoding }];
  if (socket.connecting) {
    socket._pendingData = data;
    socket._pendingEncoding = encoding;
    const onClose = (): void => {
      callback(closedBeforeConnection());
    };
    const goOn = keepBack(requests, callback, (left, then) => writeWhenConnected(socket, left, encoding, then));
    socket.once('connect', () => {
      socket.off('close', onClose);
      goOn();
    });
    socket.once('close', onClose);
    return;
  }
  socket._pendingData = null;
  if (socket[engine].channel === null) {
    const { bound } = socket[state];
    callback(bound === null ? socketClosed() : systemError({ code: bound === 'pipe' ? 'ENOTCONN' : 'EPIPE', syscall: 'write' }));
    return;
  }
  socket._unrefTimer();
  socket[engine].writeThrough(requests, callback);
}

/** Bytes of what waits for the connection. */
export function pendingBytes(pending: unknown, encoding: string): number {
  if (typeof pending === 'string') return byteLength(pending, encoding);
  if (Array.isArray(pending)) return (pending as Outgoing[]).reduce((bytes, { chunk, encoding: of }) => bytes + pendingBytes(chunk, of), 0);
  return isByteArray(pending) ? sizeOf(pending) : 0;
}
