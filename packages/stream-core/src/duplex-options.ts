import type { Encoding } from './bytes.js';
import { invalidArgValue } from './errors.js';
import type { NextTick } from './next-tick.js';

const DEFAULT_HIGH_WATER_MARK = 65536;

export interface DuplexOptions {
  /** Stay writable after the peer's end; true when not given. */
  allowHalfOpen?: boolean | undefined;
  readable?: boolean | undefined;
  writable?: boolean | undefined;
  /** Bytes that may wait in each direction before backpressure sets in; 65536 when not given. */
  highWaterMark?: number | undefined;
  readableHighWaterMark?: number | undefined;
  writableHighWaterMark?: number | undefined;
  /** Destroy the stream once both sides are done, and on errors; true when not given. */
  autoDestroy?: boolean | undefined;
  /** Emit 'close'; true when not given. */
  emitClose?: boolean | undefined;
  /** As `setEncoding` would: what is read is text. */
  encoding?: Encoding | undefined;
  /** The encoding of text that is written without one; utf8 when not given. */
  defaultEncoding?: Encoding | undefined;
  /** Turn strings into bytes when they are written; true when not given. */
  decodeStrings?: boolean | undefined;
  /** `read()` gives the first chunk that waits, as Node's streams do from 26 on; all that waits when not given. */
  readsChunks?: boolean | undefined;
  /** Pass rejections of async listeners to `destroy` (Node's `captureRejections`). */
  captureRejections?: boolean | undefined;
  /** Where deferred work goes; a simulation may own time. */
  nextTick?: NextTick | undefined;
}

/** Throws ERR_INVALID_ARG_VALUE. */
export function waterMark(name: string, value: unknown): number {
  if (value == null) return DEFAULT_HIGH_WATER_MARK;
  if (!Number.isInteger(value) || (value as number) < 0) throw invalidArgValue(`options.${name}`, value);
  return value as number;
}
