import type { WriteCoalescing } from './write-coalescing.js';
import type { WriteCallback } from './write-state.js';

/** Callbacks of writes that were taken at once: they run together after the current operation. */
export interface Taken {
  readonly side: WriteCoalescing;
  readonly callback: WriteCallback;
  count: number;
  /** Which batch of gathered bytes its bytes are in; 0 when they left by themselves. */
  batch: number;
  /** Someone waits for it: a callback, or 'drain'. */
  awaited: boolean;
}

/** Gathered bytes that did not leave at once, and the callbacks that wait for them. */
export interface Deferred {
  readonly batch: number;
  takens: Taken[];
  /** The bytes were lost: callbacks that still have to come get this. */
  error: Error | null;
}
