import { invalidArgType } from '@netstrata/stream-core';
import { contextOf } from './context.js';
import type { Server } from './server.js';

/** Closes the server when the signal aborts. Throws ERR_INVALID_ARG_TYPE for what is no AbortSignal. */
export function closeOnAbort(server: Server, signal: unknown): void {
  if (signal === undefined) return;
  if (!isSignal(signal)) throw invalidArgType('options.signal', 'an instance of AbortSignal', signal);
  const close = (): void => {
    server.close();
  };
  if (signal.aborted) {
    contextOf(server).clock.nextTick(close, undefined);
    return;
  }
  signal.addEventListener('abort', close, { once: true });
  server.once('close', () => {
    signal.removeEventListener('abort', close);
  });
}

function isSignal(value: unknown): value is AbortSignal {
  return typeof value === 'object' && value !== null && 'aborted' in value;
}
