import type { EncodingName } from '../bytes/bytes.js';
import { invalidArgValue } from '../base/errors.js';
import type { StreamClock } from '../base/clock.js';

const DEFAULT_HIGH_WATER_MARK = 65536;

/** What a `Duplex` is made with. Names and meaning are those of Node's streams where Node has them. */
export interface DuplexOptions {
  /** Stay writable after the peer's end; true when not given. */
  allowHalfOpen?: boolean | undefined;
  /**
   * False: the stream is not readable, and has ended for its reader.
   * @defaultValue true
   */
  readable?: boolean | undefined;
  /**
   * False: the stream is not writable, and has finished.
   * @defaultValue true
   */
  writable?: boolean | undefined;
  /** Bytes that may wait in each direction before backpressure sets in; 65536 when not given. */
  highWaterMark?: number | undefined;
  /** The same for reading alone. */
  readableHighWaterMark?: number | undefined;
  /** The same for writing alone. */
  writableHighWaterMark?: number | undefined;
  /** Destroy the stream once both sides are done, and on errors; true when not given. */
  autoDestroy?: boolean | undefined;
  /** Emit 'close'; true when not given. */
  emitClose?: boolean | undefined;
  /** As `setEncoding` would: what is read is text. */
  encoding?: EncodingName | undefined;
  /** The encoding of text that is written, or put in by `push`, without one; utf8 when not given. */
  defaultEncoding?: EncodingName | undefined;
  /** Turn strings into bytes when they are written; true when not given. */
  decodeStrings?: boolean | undefined;
  /** `read()` gives the first chunk that waits, as Node's streams do from 26 on; all that waits when not given. */
  readsChunks?: boolean | undefined;
  /** Pass rejections of async listeners to `destroy` (Node's `captureRejections`). */
  captureRejections?: boolean | undefined;
  /**
   * Coalesce the writes of a tick, except the first; true when not given. The environment variable NETSTRATA_GATHER=0 turns it
   * off for the process.
   */
  gather?: boolean | undefined;
  /**
   * Cut what is read from memory that all streams share; false when not given. Cheaper for short chunks, and then the ArrayBuffer of a
   * chunk holds bytes of other streams too, and a chunk that is kept keeps it whole.
   */
  pooledReads?: boolean | undefined;
  /** Where deferred work goes, and what time it is; a simulation may own both. */
  clock?: StreamClock | undefined;
}

/** All of them, which the compiler sees to. */
export const DUPLEX_OPTIONS = Object.keys({
  allowHalfOpen: true, readable: true, writable: true,
  highWaterMark: true, readableHighWaterMark: true, writableHighWaterMark: true,
  autoDestroy: true, emitClose: true, captureRejections: true,
  encoding: true, defaultEncoding: true, decodeStrings: true,
  readsChunks: true, pooledReads: true, gather: true, clock: true,
} satisfies Record<keyof DuplexOptions, true>) as readonly (keyof DuplexOptions)[];

/** Throws ERR_INVALID_ARG_VALUE. */
export function waterMark(name: 'readableHighWaterMark' | 'writableHighWaterMark', options: DuplexOptions): number {
  const value: unknown = options.highWaterMark ?? options[name];
  if (value == null) return DEFAULT_HIGH_WATER_MARK;
  if (!Number.isInteger(value) || (value as number) < 0) throw invalidArgValue(`options.${name}`, value);
  return value as number;
}
