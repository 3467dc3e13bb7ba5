/**
 * A Channel moves bytes. It buffers nothing, has no events and knows no backpressure beyond one write at a time;
 * `Duplex` adds those. The numbered rules (C1, C2, ...) are in docs/contract.md, and
 * `@netstrata/transport/compliance` tests them.
 */

/** The bytes were taken. The chunk may be reused at once; no `onWriteDone` follows. */
export const WRITE_DONE = 0;
/** The bytes are on their way. Exactly one later `onWriteDone` or `onClose` settles the write. */
export const WRITE_PENDING = 1;

export type WriteStatus = typeof WRITE_DONE | typeof WRITE_PENDING;

/** Encodings that a channel can take without the text becoming bytes first. */
export type ChannelEncoding = 'utf8' | 'latin1';

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
  /**
   * From now on bytes are read into `buffer`, which is the caller's, and reported as lent (`onBorrowed`, whatever it answers). Within that
   * call it names the buffer for the next read. False where the channel cannot: then they come through `onData` as always.
   */
  readInto?(buffer: Uint8Array): boolean;
  /** Takes the chunk whole. Never called while a write is pending. The bytes are borrowed until the write settles. */
  write(chunk: Uint8Array): WriteStatus;
  /** As `write`, for several chunks in order; they settle together. */
  writev(chunks: readonly Uint8Array[]): WriteStatus;
  /** As `write`, for text. Only where the medium can encode by itself. */
  writeString?(text: string, encoding: ChannelEncoding): WriteStatus;
  /** Ends the writing side (FIN) once everything written is on its way; then `onShutdownDone`. Called at most once. */
  shutdown(): void;
  /** Releases the channel: pending writes are dropped, `onClose(null)` follows. Calling it again changes nothing. */
  close(): void;
  /** As `close`, but the peer sees a reset (RST) where the medium has one. */
  abort(): void;
  /** Whether an open channel keeps the process alive. Channels are born referenced. */
  ref(): void;
  unref(): void;
}

/** What a channel reports to. No method is ever called from inside a call on the channel. */
export interface ChannelSink {
  /** Bytes from the peer, never empty. The chunk belongs to the sink from now on. */
  onData(chunk: Uint8Array): void;
  /**
   * Whether bytes that are only lent are worth offering now. A channel whose read buffer is shared offers them only
   * while this is true, and from a buffer of this channel's own; see `onBorrowed`.
   */
  readonly wantsBorrowed?: boolean;
  /**
   * Bytes that are lent. `true`: the sink is done with them, the memory may be used again. `false`: it declines, and the
   * channel makes the same call again through `onData`, with bytes the sink may keep. `'kept'`: the sink still needs
   * them, as after `onData`, so the memory under them is its own from now on and the channel reads into other memory.
   * A channel may always use `onData` instead, and must where it cannot give up the memory.
   */
  onBorrowed?(chunk: Uint8Array): boolean | 'kept';
  /** The peer's FIN: no more bytes will come. A reset is never an end. */
  onEnd(): void;
  /** The pending write is settled. */
  onWriteDone(): void;
  /** The FIN is on its way. */
  onShutdownDone(): void;
  /** The channel is gone. Exactly once, and the last call; null after `close` and `abort`. */
  onClose(error: Error | null): void;
}
