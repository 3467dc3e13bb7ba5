import { EventEmitter } from 'events';
import { bare, engine, hasOption, invalidArgType } from '@netstrata/stream-core';
import { contextOf } from '../net/context.js';
import { abortError } from '../args/errors.js';
import { dispose } from '../runtime/dispose.js';
import { socketState } from './socket-state.js';
import type { Socket } from './socket.js';

/** What Node takes for an AbortSignal. */
export function checkSignal(signal: unknown, name: string): asserts signal is AbortSignal {
  if (typeof signal !== 'object' || signal === null || !hasOption(signal, 'aborted')) throw invalidArgType(name, 'an instance of AbortSignal', signal);
}

/** Node's own, which hears of it also where somebody has stopped the event. */
const { addAbortListener } = EventEmitter as unknown as { addAbortListener?: (signal: AbortSignal, listener: () => void) => Record<symbol, () => void> };

/** Runs a task when the signal is aborted, which it is not yet. Call what it returns to forget that. */
export function onAbort(signal: AbortSignal, task: () => void): () => void {
  const listening = addAbortListener?.(signal, task);
  if (listening?.[dispose] !== undefined) return () => { listening[dispose](); };
  signal.addEventListener('abort', task, bare({ once: true }));
  return () => { signal.removeEventListener('abort', task); };
}

/** The signals of sockets that have one. */
const signals = new WeakMap<Socket, AbortSignal>();

/** Whether its signal was aborted. As with node:net, such a socket tries no addresses in turn, in whatever life. */
export function isAborted(socket: Socket): boolean {
  return signals.get(socket)?.aborted === true;
}

/**
 * Aborting the signal destroys the socket, with the signal's reason as cause, until both its directions are over or it has failed or closed. Node's
 * streams listen for that, to 'error' too: errors of a socket with a signal are nobody's uncaught ones.
 */
export function destroyOnAbort(socket: Socket, signal: AbortSignal, { readable, writable }: { readonly readable?: boolean | undefined; readonly writable?: boolean | undefined }): void {
  const abort = (): void => {
    socket.destroy(abortError(signal.reason));
  };
  if (signal.aborted) {
    // As Node, which sets the socket up behind that: it tells of the abort, and can be told to connect.
    abort();
    socket[engine].restart();
    socketState(socket).restart();
    contextOf(socket).clock.nextTick(() => { signals.set(socket, signal); }, undefined);
    return;
  }
  signals.set(socket, signal);
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
