/**
 * A Channel moves bytes. It buffers nothing, has no events and knows no backpressure beyond one write at a time;
 * `Duplex` adds those. The numbered rules (C1, C2, ...) are in docs/how-it-works/contract.md, and
 * `@netstrata/transport/compliance` tests them.
 */

/** The bytes were taken. The chunk may be reused at once; no `onWriteDone` follows. */
export const WRITE_DONE = 0;
/** The bytes are on their way. Exactly one later `onWriteDone` or `onClose` settles the write. */
export const WRITE_PENDING = 1;

/** How a write was taken: done when the call returned, or reported later by `onWriteDone`. */
export type WriteStatus = typeof WRITE_DONE | typeof WRITE_PENDING;

/** Encodings that a channel can take without the text becoming bytes first. */
export type ChannelEncoding = 'utf8' | 'latin1';

/** What moves bytes, in both directions: the face that a stream has to a transport. The rules are in the contract. */
export interface Channel {
  /**
   * Where the channel reports to. Set it before the first call on the channel; it may be replaced between two calls of
   * sink methods, and what has not been reported yet goes to the new sink.
   */
  sink: ChannelSink | null;
  /** Bytes received and handed to the sink so far. */
  readonly bytesRead: number;
  /** Bytes accepted by `write`, `writev` and `writeString` so far, settled or not. */
  readonly bytesWritten: number;
  /** Channels are born stopped. Calling it when started changes nothing. */
  readStart(): void;
  /** After it returns there is no `onData` and no `onEnd` until the next `readStart`; nothing is lost. */
  readStop(): void;
  /** Takes the chunk whole. Never called while a write is pending. The bytes are borrowed until the write settles. */
  write(chunk: Uint8Array): WriteStatus;
  /** As `write`, for several chunks in order; they settle together. */
  writev(chunks: readonly Uint8Array[]): WriteStatus;
  /**
   * Bytes given to it may be a part of memory that others use too: it shows that memory to no user code, and gives none of it away.
   * Of a user's object it trusts nothing, least of all the `length` (`sizeOf`, `honest`). Where this is not set, every coalesced chunk
   * has separate memory, and lent bytes are never written to it.
   */
  readonly takesShared?: boolean;
  /** How many bytes `writev` should be given at once, where it has to copy them; as many as there are when not given. */
  readonly writevLimit?: number | undefined;
  /** As `write`, for text. Only where the medium can encode text. */
  writeString?(text: string, encoding: ChannelEncoding): WriteStatus;
  /** Ends the writing side (FIN) once everything written is on its way; then `onShutdownDone`. Called at most once. */
  shutdown(): void;
  /** Releases the channel: pending writes are dropped, `onClose(null)` follows. Calling it again changes nothing. */
  close(): void;
  /** As `close`, but the peer sees a reset (RST) where the medium has one. */
  abort(): void;
  /** Whether an open channel keeps the process alive. Channels are born referenced. */
  ref(): void;
  /** Lets the process end. */
  unref(): void;
}

/** For how long a sink may look at memory that is lent to it: not at all, for the length of the call, or until it starts to read again. */
export type Borrowing = false | 'briefly' | 'while-stopped';

/** What a channel reports to. No method is ever called from inside a call on the channel. */
export interface ChannelSink {
  /**
   * Bytes from the peer, never empty. The chunk belongs to the sink from now on: it is the whole of an ArrayBuffer that nothing else uses.
   */
  onData(chunk: Uint8Array): void;
  /** Whether, and for how long, bytes that are only lent are welcome now; a channel looks at it on each read. See `onBorrowed`. */
  readonly wantsBorrowed?: Borrowing;
  /**
   * Bytes that are lent, in memory that the channel reads into again. `true`: the sink has used them. `false`: it declines, and the channel
   * makes the same call again through `onData`, with bytes that are the sink's. 'briefly': they are there until the call returns.
   * 'while-stopped': the sink may also call `readStop` here, and they stay until its next `readStart`. No user's code may see this memory.
   * A channel may always use `onData` instead, and must where it cannot leave the memory alone.
   */
  onBorrowed?(chunk: Uint8Array): boolean;
  /** The peer's FIN: no more bytes will come. A reset is never an end. */
  onEnd(): void;
  /** The pending write is settled. */
  onWriteDone(): void;
  /** The FIN is on its way. */
  onShutdownDone(): void;
  /** The channel is gone. Exactly once, and the last call; null after `close` and `abort`. */
  onClose(error: Error | null): void;
}
