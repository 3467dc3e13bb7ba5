import { byteLength, engine, isByteArray, sizeOf, type Outgoing, type Pending, type WriteCallback } from '@netstrata/stream-core';
import { systemError } from '@netstrata/transport';
import { closedBeforeConnection, socketClosed } from '../args/errors.js';
import type { DiallingSocket } from '../dial/dialling-socket.js';
import { state } from '../shared/socket-face.js';

interface ConnectingSocket extends DiallingSocket {
  _pendingData: unknown;
  _pendingEncoding: string;
}

/** A write of one chunk or of several that came through `_write`: it waits for a connection that is on its way. */
export function writeGeneric(
  socket: ConnectingSocket, data: Uint8Array | string | readonly Outgoing[], encoding: string, callback: WriteCallback,
): void {
  if (socket.connecting) {
    socket._pendingData = data;
    socket._pendingEncoding = encoding;
  } else {
    socket._pendingData = null;
    if (socket[engine].channel === null) {
      callback(noConnection(socket));
      return;
    }
    socket._unrefTimer();
  }
  const requests = Array.isArray(data) ? (data as readonly Outgoing[]) : [{ chunk: data as Uint8Array | string, encoding }];
  socket[engine].writeThrough(requests, callback, (left, then) => writeGeneric(socket, left, encoding, then));
}

function noConnection(socket: ConnectingSocket): Error {
  const { bound } = socket[state].details;
  return bound === null ? socketClosed() : systemError({ code: bound === 'pipe' ? 'ENOTCONN' : 'EPIPE', syscall: 'write' });
}

/**
 * Goes on when it is the turn of this listener, as with node:net, rather than before all that listen for 'connect'. What waits is over with
 * the connection that it waits for: on another, of a socket that has started over, nothing of it happens.
 */
export function awaitConnection(socket: DiallingSocket, { proceed, cancel }: Pending): void {
  const streamEngine = socket[engine];
  const { life } = streamEngine;
  const stop = (): boolean => {
    socket.off('connect', onConnect).off('close', onClose);
    return streamEngine.life === life;
  };
  const onConnect = (): void => {
    if (stop()) proceed();
  };
  const onClose = (): void => {
    // Not that of a former connection.
    if ((streamEngine.gone || streamEngine.life !== life) && stop()) cancel?.(closedBeforeConnection());
  };
  socket.on('connect', onConnect).on('close', onClose);
}

/** Bytes of what waits for the connection. */
export function pendingBytes(pending: unknown, encoding: string): number {
  if (typeof pending === 'string') return byteLength(pending, encoding);
  if (Array.isArray(pending)) return (pending as Outgoing[]).reduce((bytes, { chunk, encoding: of }) => bytes + pendingBytes(chunk, of), 0);
  return isByteArray(pending) ? sizeOf(pending) : 0;
}
