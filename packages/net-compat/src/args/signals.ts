import { EventEmitter } from 'events';
import { bare, hasOption, invalidArgType } from '@netstrata/stream-core';
import { dispose } from '../runtime/dispose.js';

/** What Node accepts as an AbortSignal. */
export function checkSignal(signal: unknown, name: string): asserts signal is AbortSignal {
  if (typeof signal === 'object' && signal !== null && hasOption(signal, 'aborted')) return;
  throw invalidArgType(name, 'an instance of AbortSignal', signal);
}

type AddAbortListener = (signal: AbortSignal, listener: () => void) => Record<symbol, () => void>;

/** Node's own, which works also where a listener has stopped the event. */
const { addAbortListener } = EventEmitter as unknown as { addAbortListener?: AddAbortListener };

/** Runs a task when the signal is aborted, which it is not yet. Call what it returns to forget that. */
export function onAbort(signal: AbortSignal, task: () => void): () => void {
  const listening = addAbortListener?.(signal, task);
  if (listening?.[dispose] !== undefined) return () => { listening[dispose](); };
  signal.addEventListener('abort', task, bare({ once: true }));
  return () => { signal.removeEventListener('abort', task); };
}
