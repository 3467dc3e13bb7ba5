import type { Channel } from '../contract/channel.js';
import type { Lender } from '../contract/lending.js';
import type { WriteCallback } from '../contract/stream.js';
import type { Coalescer } from './coalescer.js';
import type { WriteQueue } from './write-queue.js';

/**
 * What a writing side needs only while something waits, is under way, or is coalesced. A write that the channel takes at once, with no
 * callback, needs none of it: an idle stream, also one that has written, stays small.
 */
export class WriteWork {
  /** Writes that wait for the one under way, or for `uncork`. */
  queue: WriteQueue | null = null;
  corked = 0;
  /** How much of the side's `length` is under way. */
  size = 0;
  /** The callback of the write under way; null where there is none. */
  callback: WriteCallback | null = null;
  /** Not null once a write of a tick was taken at once and left callbacks or followers for the end of the tick. */
  coalescer: Coalescer | null = null;
  /** The callback that a user's own `_write` receives. Made when first needed. */
  onwrite: WriteCallback | null = null;
  /** Whose memory is being written, and the channel that it belongs to. */
  lender: Lender | null = null;
  lendingChannel: Channel | null = null;
  finishCallbacks: WriteCallback[] | null = null;
  defaultEncoding = 'utf8';
}
