import type { Channel } from './channel.js';

/** A reading side whose channel has lent a chunk. */
export interface Lender {
  /** The bytes that `channel` has lent were written, or never will be. */
  giveBack(channel: Channel): void;
}

/** A writing side that can write a chunk from where it lies in memory of another stream's channel. */
export interface Borrower {
  /** A chunk written now would go to the channel, and none of the user's code would see it. */
  readonly takesBorrowed: boolean;
  /** A write is under way. */
  readonly writing: boolean;
  /** Sends what was coalesced in this tick. */
  flush(): void;
  /**
   * As `write` of bytes that `channel` has lent to `lender`, which must have asked `takesBorrowed` after a `flush`. `writing` says
   * afterwards whether they are still needed; `giveBack` reports when they are not.
   */
  writeBorrowed(chunk: Uint8Array, lender: Lender, channel: Channel): boolean;
}

/** Who gets what arrives before it is queued: a reader for which somebody waits. */
export interface Taker {
  /** Takes a chunk, which is there during the call only if it is lent. None of the user's code may run meanwhile. */
  take(chunk: Uint8Array, isLent: boolean): void;
}
