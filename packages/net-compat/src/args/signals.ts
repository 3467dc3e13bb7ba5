import { bare, EventEmitter, hasOption, invalidArgType } from '@netstrata/stream-core';
import type { Signal } from '../types/node-types.js';
import { dispose } from '../runtime/dispose.js';

/** What Node accepts as an AbortSignal. */
export function checkSignal(signal: unknown, name: string): asserts signal is Signal {
  if (typeof signal === 'object' && signal !== null && hasOption(signal, 'aborted')) return;
  throw invalidArgType(name, 'an instance of AbortSignal', signal, checkSignal);
}

type AddAbortListener = (signal: Signal, listener: () => void) => Record<symbol, () => void>;

/** Node's own, which works also where a listener has stopped the event. */
const { addAbortListener } = EventEmitter as unknown as { addAbortListener?: AddAbortListener };

/** A signal that follows another: nobody else listens to it, and nobody can stop its event. The same one where none can follow it. */
function follow(signal: AbortSignal): AbortSignal {
  // What only looks like a signal some runtimes take without a word.
  if (Object.prototype.toString.call(signal) !== '[object AbortSignal]') return signal;
  try {
    return AbortSignal.any([signal]);
  } catch {
    return signal;
  }
}

/** Runs a task when the signal is aborted, which it is not yet. Call what it returns to forget that. */
export function onAbort(signal: Signal, task: () => void): () => void {
  const listening = addAbortListener?.(signal, task);
  if (listening?.[dispose] !== undefined) return () => { listening[dispose](); };
  const followed = follow(signal);
  followed.addEventListener('abort', task, bare({ once: true }));
  return () => { followed.removeEventListener('abort', task); };
}
