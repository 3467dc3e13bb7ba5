import type { Channel } from './channel.js';
import type { Gather } from './gather.js';
import type { ReadSide } from './read-side.js';
import type { Deferred, Taken } from './taken.js';
import type { WriteCallback, WriteRequest } from './write-state.js';

/** A reading side whose channel has lent what is under way. */
export interface Lender {
  readonly side: ReadSide;
  readonly channel: Channel;
}

/**
 * What a writing side needs only while something waits, is under way, or is gathered. A write that the channel takes at once, with nobody waiting
 * for it, needs none of it: an idle stream, also one that has written, stays small.
 */
export class WriteWork {
  /** Writes that wait for the one under way, or for `uncork`, from `head` on. */
  queue: WriteRequest[] | null = null;
  head = 0;
  corked = 0;
  /** How much of the side's `length` is under way. */
  writing = 0;
  callback: WriteCallback | null = null;
  /** Not null while a write of this tick was taken: those that follow in the tick are gathered. */
  taken: Taken | null = null;
  gather: Gather | null = null;
  /** How many large writes have left by themselves in this tick. */
  large = 0;
  /** The number of the batch that is being gathered. */
  batch = 1;
  deferred: Deferred | null = null;
  /** The callback that a `_write` of the user's own receives. Made when first needed. */
  onwrite: WriteCallback | null = null;
  /** Whose memory is being written. */
  lender: Lender | null = null;
  finishCallbacks: WriteCallback[] | null = null;
  defaultEncoding = 'utf8';
}
