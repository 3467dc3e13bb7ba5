import { engine } from '@netstrata/stream-core';
import { abortError } from '../args/errors.js';
import { onAbort } from '../args/signals.js';
import { contextOf } from '../shared/context.js';
import type { SocketFace } from '../shared/socket-face.js';
import type { Signal } from '../types/node-types.js';
import type { SocketState } from './socket-state.js';

interface Directions {
  readonly readable?: boolean | undefined;
  readonly writable?: boolean | undefined;
}

/**
 * Aborting the signal destroys the socket, with the signal's reason as cause, until both its directions are over or it has failed or
 * closed. Node's streams listen for that, to 'error' too: errors of a socket with a signal are never uncaught.
 */
export function destroyOnAbort(socket: SocketFace, state: SocketState, signal: Signal, { readable, writable }: Directions): void {
  const abort = (): void => {
    socket.destroy(abortError(signal.reason));
  };
  if (signal.aborted) {
    // As Node, which sets the socket up after that: it reports the abort, and can be made to connect.
    abort();
    socket[engine].restart();
    state.restart();
    contextOf(socket).clock.nextTick(() => { state.put('signal', signal); }, undefined);
    return;
  }
  state.put('signal', signal);
  const stop = onAbort(signal, abort);
  let reads = readable !== false;
  let writes = writable !== false;
  socket.on('end', () => {
    reads = false;
    if (!writes) stop();
  });
  socket.on('finish', () => {
    writes = false;
    if (!reads) stop();
  });
  socket.on('error', stop);
  socket.on('close', stop);
}
