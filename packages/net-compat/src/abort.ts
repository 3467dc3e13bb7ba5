import { invalidArgType } from '@netstrata/stream-core';
import { contextOf } from './context.js';
import { abortError } from './errors.js';
import type { Socket } from './socket.js';

/** What Node takes for an AbortSignal. */
export function checkSignal(signal: unknown, name: string): asserts signal is AbortSignal {
  if (typeof signal !== 'object' || signal === null || !('aborted' in signal)) throw invalidArgType(name, 'an instance of AbortSignal', signal);
}

/** Aborting the signal destroys the socket, with the signal's reason as cause. */
export function destroyOnAbort(socket: Socket, signal: AbortSignal): void {
  const abort = (): void => {
    socket.destroy(abortError(signal.reason));
  };
  if (signal.aborted) {
    // A tick later, as Node: until then the socket can be told to connect, which would open again what is destroyed.
    contextOf(socket).clock.nextTick(abort, undefined);
    return;
  }
  signal.addEventListener('abort', abort, { once: true });
  socket.once('close', () => {
    signal.removeEventListener('abort', abort);
  });
}
