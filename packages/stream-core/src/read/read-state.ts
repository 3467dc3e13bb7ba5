import type { ByteQueue, TextQueue } from '../bytes/byte-queue.js';
import type { ChunkDecoder } from '../bytes/chunk-decoder.js';
import type { Engine } from '../contract/engine.js';
import type { Borrower, Taker } from '../contract/lending.js';
import { SideState } from '../contract/side-state.js';
import { defaultMethods } from '../base/symbols.js';

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
export const CHANNEL_STARTED = 1 << 13;
/** `read()` gives the first chunk, and not all there is. */
export const READS_CHUNKS = 1 << 14;
/** It was asked to read when there was no channel yet. */
export const AWAITS_CHANNEL = 1 << 15;
/** The tick in which 'end' is emitted is on its way. */
export const END_DUE = 1 << 12;
/** What the channel has lent is still being written elsewhere: it must not be started. */
export const LENT = 1 << 18;
/** What is handed on at once may be cut from memory that it shares with others. */
export const POOLED = 1 << 19;
/** The stream is being given to the program that asked for it: see flow-modes.ts. */
export const HANDED_OVER = 1 << 20;
/** The tick of a `resume` is not made before it is known that somebody would notice. */
export const RESUME_UNHEARD = 1 << 21;
/** Data flows: `flowing` is true. */
export const FLOWING = 1 << 16;
/** `flowing` is true or false, and no longer null. */
const FLOW_DECIDED = 1 << 17;

/** What the reading side asks of a destination of `pipe`. */
export interface PipeDestination {
  readonly destination: { emit(event: string, ...args: unknown[]): boolean };
  /** The destination is full: the source is paused until its 'drain'. */
  waiting: boolean;
  /** What listens to 'data'. */
  readonly onData: unknown;
  /** Where a chunk can be written from where it lies; null where that cannot be. */
  readonly borrower: Borrower | null;
  /** The source waits for the destination's 'drain'. */
  wait(): void;
}

/** The record of the reading side, under the names that the ecosystem reads in Node's `_readableState`. */
export abstract class ReadState extends SideState {
  /** Makes text of bytes; null without an encoding. */
  decoder: ChunkDecoder | null = null;
  /** Targets of `pipe`. Allocated with the first. */
  pipeTargets: PipeDestination[] | null = null;
  /** Of a reader that waits, and null otherwise. */
  taker: Taker | null = null;
  /** Allocated when something first has to wait: an idle side stays small. */
  queue: ByteQueue | TextQueue | null = null;

  constructor(engine: Engine, highWaterMark: number, bits: number) {
    super(engine, highWaterMark, SYNC | bits | ((bits & DISABLED) === 0 ? 0 : ENDED | END_EMITTED));
  }

  /** Whether data flows; null before anything has decided that. */
  get flowing(): boolean | null { return this.has(FLOWING) ? true : this.has(FLOW_DECIDED) ? false : null; }
  set flowing(on: boolean | null) {
    this.bits &= ~(FLOWING | FLOW_DECIDED);
    if (on !== null) this.bits |= on ? FLOWING | FLOW_DECIDED : FLOW_DECIDED;
  }
  /** Bytes or characters that wait. */
  get length(): number { return this.queue === null ? 0 : this.queue.length; }
  /** Whether nothing more will come. */
  get ended(): boolean { return this.has(ENDED); }
  set ended(on: boolean) { this.set(ENDED, on); }
  /** Whether 'end' was emitted. */
  get endEmitted(): boolean { return this.has(END_EMITTED); }
  set endEmitted(on: boolean) { this.set(END_EMITTED, on); }
  /** Whether `_read` was called and not answered, or the channel feeds this side. */
  get reading(): boolean { return this.has(READING) || this.fed; }
  /** Node's child_process sets false on a socket that it makes the stdio of a child: nothing may be read from it here. */
  set reading(on: boolean) {
    this.set(READING, on);
    if (on || !this.has(CHANNEL_STARTED)) return;
    this.set(CHANNEL_STARTED, false);
    this.engine.channel?.readStop();
  }
  /** Bytes come from the channel, which continues once started; a user's `_read` is called each time, and answers by `push`. */
  get fromChannel(): boolean {
    const { duplex } = this.engine;
    return duplex._read === duplex[defaultMethods]._read;
  }
  /** Whether the channel was started, and feeds this side. */
  get fed(): boolean { return this.has(CHANNEL_STARTED) && this.fromChannel; }
  /** Whether a push comes from inside `_read`. */
  get sync(): boolean { return this.has(SYNC); }
  set sync(on: boolean) { this.set(SYNC, on); }
  /** Whether it was asked to read before there was a channel. */
  get awaitsChannel(): boolean { return this.has(AWAITS_CHANNEL); }
  /** Whether the next push shall emit 'readable'. */
  get needReadable(): boolean { return this.has(NEED_READABLE); }
  set needReadable(on: boolean) { this.set(NEED_READABLE, on); }
  /** Whether 'readable' is due, or was not answered by a `read` yet. */
  get emittedReadable(): boolean { return this.has(EMITTED_READABLE); }
  set emittedReadable(on: boolean) { this.set(EMITTED_READABLE, on); }
  /** Whether somebody listens to 'readable'. */
  get readableListening(): boolean { return this.has(READABLE_LISTENING); }
  set readableListening(on: boolean) { this.set(READABLE_LISTENING, on); }
  /** Whether a `resume` is due. */
  get resumeScheduled(): boolean { return this.has(RESUME_SCHEDULED); }
  set resumeScheduled(on: boolean) { this.set(RESUME_SCHEDULED, on); }
  /** Whether more will be asked for in a tick that is due. */
  get readingMore(): boolean { return this.has(READING_MORE); }
  set readingMore(on: boolean) { this.set(READING_MORE, on); }
  /** Whether 'data' was emitted. */
  get dataEmitted(): boolean { return this.has(DATA_EMITTED); }
  set dataEmitted(on: boolean) { this.set(DATA_EMITTED, on); }
  /** Whether this side was not switched off. */
  get readable(): boolean { return !this.has(DISABLED); }
  set readable(on: boolean) { this.set(DISABLED, !on); }
  /** The encoding of text, or null. */
  get encoding(): string | null { return this.decoder === null ? null : this.decoder.name; }
  /** Of the targets of `pipe`, those that are full. */
  get awaitDrainWriters(): Set<unknown> | null {
    const full = (this.pipeTargets ?? []).filter((target) => target.waiting);
    return full.length === 0 ? null : new Set(full.map((target) => target.destination));
  }
  /** The destinations of `pipe`. */
  get pipes(): unknown[] { return this.pipeTargets === null ? [] : this.pipeTargets.map((target) => target.destination); }
  /** What waits. */
  get buffer(): (Uint8Array | string)[] { return this.queue === null ? [] : [...(this.queue as Iterable<Uint8Array | string>)]; }
  /** Where the first chunk is in `buffer`. */
  get bufferIndex(): number { return 0; }
  /** Whether `pause` was called, and `resume` not since. */
  get paused(): boolean { return this.has(PAUSED); }
  /** Of text that is put in without one. */
  get defaultEncoding(): string { return 'utf8'; }
}
