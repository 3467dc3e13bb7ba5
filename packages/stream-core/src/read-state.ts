import type { Encoding } from './bytes.js';
import type { ByteQueue, TextQueue } from './byte-queue.js';
import type { ChunkDecoder } from './chunk-decoder.js';
import type { DuplexCore } from './duplex-core.js';
import { SideState } from './side-state.js';
import type { PipeTarget } from './pipe.js';

/*
 * The state of the reading side, one bit each. Names follow the properties of Node's `_readableState`, which the getters
 * below give to code that looks there (`stream.finished`, `stream.pipeline`, drivers).
 */
/** No more bytes will be pushed. */
export const ENDED = 1 << 0;
export const END_EMITTED = 1 << 1;
/** `_read` was called and has not been answered by a push. */
export const READING = 1 << 2;
/** Inside `_read`, or before the first: what is pushed now must not be emitted at once. */
export const SYNC = 1 << 3;
/** The next push shall emit 'readable'. */
export const NEED_READABLE = 1 << 4;
/** A 'readable' event is scheduled or was not answered by a `read` yet. */
export const EMITTED_READABLE = 1 << 5;
export const READABLE_LISTENING = 1 << 6;
export const RESUME_SCHEDULED = 1 << 7;
export const READING_MORE = 1 << 8;
export const DATA_EMITTED = 1 << 9;
/** `pause()` was called, and `resume()` not since. */
export const PAUSED = 1 << 10;
/** The side was switched off when the stream was made (`readable: false`). */
export const DISABLED = 1 << 11;
/** Bytes come from a channel, which goes on by itself, and not from `_read` calls answered by `push`. */
export const FROM_CHANNEL = 1 << 12;
export const CHANNEL_STARTED = 1 << 13;

/** What the reading side knows, under the names that the ecosystem reads in Node's `_readableState`. */
export abstract class ReadState extends SideState {
  flowing: boolean | null = null;
  decoder: ChunkDecoder | null = null;
  /** Targets of `pipe`. Allocated with the first. */
  pipeTargets: PipeTarget[] | null = null;
  /** Allocated when something first has to wait: an idle side stays small. */
  protected queue: ByteQueue | TextQueue | null = null;

  constructor(core: DuplexCore, highWaterMark: number, disabled: boolean, custom: boolean) {
    super(core, highWaterMark, (disabled ? DISABLED | ENDED | END_EMITTED : 0) | SYNC | (custom ? 0 : FROM_CHANNEL));
  }

  get length(): number { return this.queue === null ? 0 : this.queue.length; }
  get ended(): boolean { return this.has(ENDED); }
  get endEmitted(): boolean { return this.has(END_EMITTED); }
  get reading(): boolean { return this.has(READING | CHANNEL_STARTED); }
  /** Node's child_process sets false on a socket that it makes the stdio of a child: nothing may be read from it here. */
  set reading(on: boolean) {
    this.set(READING, on);
    if (on || !this.has(CHANNEL_STARTED)) return;
    this.set(CHANNEL_STARTED, false);
    this.core.channel?.readStop();
  }
  get sync(): boolean { return this.has(SYNC); }
  get needReadable(): boolean { return this.has(NEED_READABLE); }
  get emittedReadable(): boolean { return this.has(EMITTED_READABLE); }
  get readableListening(): boolean { return this.has(READABLE_LISTENING); }
  get resumeScheduled(): boolean { return this.has(RESUME_SCHEDULED); }
  get dataEmitted(): boolean { return this.has(DATA_EMITTED); }
  get readable(): boolean { return !this.has(DISABLED); }
  set readable(on: boolean) { this.set(DISABLED, !on); }
  get encoding(): Encoding | null { return this.decoder === null ? null : this.decoder.encoding; }
  get pipes(): unknown[] { return this.pipeTargets === null ? [] : this.pipeTargets.map((target) => target.destination); }
  get buffer(): (Uint8Array | string)[] { return this.queue === null ? [] : [...(this.queue as Iterable<Uint8Array | string>)]; }
  get paused(): boolean { return this.has(PAUSED); }
  get defaultEncoding(): string { return 'utf8'; }
}
