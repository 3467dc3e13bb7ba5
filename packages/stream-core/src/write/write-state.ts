import { SideState } from '../contract/side-state.js';
import type { Engine } from '../contract/engine.js';
import { defaultMethods } from '../base/symbols.js';
import { nop } from './coalescer.js';
import type { WriteRequest } from './write-queue.js';
import { WriteWork } from './write-work.js';

/*
 * The state of the writing side, one bit each; the getters below give Node's names for them.
 */
/** A write was handed down and has not settled. */
export const WRITING = 1 << 0;
/** Inside the call that hands a write down. */
export const SYNC = 1 << 1;
/** `end` was called. */
export const ENDING = 1 << 2;
export const ENDED = 1 << 3;
export const FINISHED = 1 << 4;
export const FINAL_CALLED = 1 << 5;
export const PREFINISHED = 1 << 6;
export const NEED_DRAIN = 1 << 7;
export const BUFFER_PROCESSING = 1 << 8;
/** The side was switched off when the stream was made (`writable: false`). */
export const DISABLED = 1 << 9;
/** The writes of a tick leave one by one. */
export const NO_GATHER = 1 << 10;
/** Strings become bytes as they are written, and count in bytes. */
export const DECODE_STRINGS = 1 << 11;
/** A class that takes writes itself, and leaves `_final` as it is: without a channel there is no FIN to wait for. */
export const NO_FINAL = 1 << 12;
/** The write under way was handed to `_write` or `_writev`, and not to the channel. */
export const VIA_WRITE = 1 << 13;

/** The record of the writing side, under the names that the ecosystem reads in Node's `_writableState`. */
export abstract class WriteState extends SideState {
  /** What waits or is under way: bytes, or characters of strings that are passed on as they are. */
  length = 0;
  /** Callbacks that have not run yet, and whatever else must happen before 'finish'. */
  pendingcb = 0;
  /** Null until it is first needed. */
  work: WriteWork | null = null;

  constructor(engine: Engine, highWaterMark: number, bits: number) {
    super(engine, highWaterMark, SYNC | bits | ((bits & DISABLED) === 0 ? 0 : ENDING | ENDED | FINISHED));
  }

  /** `work`, made where there was none. */
  get working(): WriteWork { return (this.work ??= new WriteWork()); }
  /** How many `uncork` are missing. */
  get corked(): number { return this.work === null ? 0 : this.work.corked; }
  set corked(times: number) { this.working.corked = times; }
  /** The encoding of text that is written without one. */
  get defaultEncoding(): string { return this.work === null ? 'utf8' : this.work.defaultEncoding; }
  set defaultEncoding(encoding: string) { this.working.defaultEncoding = encoding; }
  /** Whether a write was handed down that has not settled. */
  get writing(): boolean { return this.has(WRITING); }
  /** Whether that was handed to `_write` or `_writev`. */
  get viaWrite(): boolean { return this.has(VIA_WRITE); }
  /** Whether a write is being handed down at this moment. */
  get sync(): boolean { return this.has(SYNC); }
  set sync(on: boolean) { this.set(SYNC, on); }
  /** Whether `end` was called. */
  get ending(): boolean { return this.has(ENDING); }
  set ending(on: boolean) { this.set(ENDING, on); }
  /** Whether nothing more will be handed down. */
  get ended(): boolean { return this.has(ENDED); }
  set ended(on: boolean) { this.set(ENDED, on); }
  /** Whether 'finish' is due or was emitted. */
  get finished(): boolean { return this.has(FINISHED); }
  set finished(on: boolean) { this.set(FINISHED, on); }
  /** Whether `_final` was called. */
  get finalCalled(): boolean { return this.has(FINAL_CALLED); }
  set finalCalled(on: boolean) { this.set(FINAL_CALLED, on); }
  /** Whether everything was handed down, and `_final` is done. */
  get prefinished(): boolean { return this.has(PREFINISHED); }
  set prefinished(on: boolean) { this.set(PREFINISHED, on); }
  /** Whether 'drain' is due once there is room. */
  get needDrain(): boolean { return this.has(NEED_DRAIN); }
  set needDrain(on: boolean) { this.set(NEED_DRAIN, on); }
  /** Whether what waits is being handed down. */
  get bufferProcessing(): boolean { return this.has(BUFFER_PROCESSING); }
  set bufferProcessing(on: boolean) { this.set(BUFFER_PROCESSING, on); }
  /** Whether text becomes bytes when it is written. */
  get decodeStrings(): boolean { return this.has(DECODE_STRINGS); }
  set decodeStrings(on: boolean) { this.set(DECODE_STRINGS, on); }
  /** Whether this side was not switched off. */
  get writable(): boolean { return !this.has(DISABLED); }
  set writable(on: boolean) { this.set(DISABLED, !on); }
  /** How many writes wait. */
  get bufferedRequestCount(): number { return this.work === null || this.work.queue === null ? 0 : this.work.queue.length; }
  /** The writes that wait. */
  get buffered(): readonly WriteRequest[] { return this.getBuffer(); }
  /** Always 0: where the first of them is. */
  get bufferedIndex(): number { return 0; }
  /** How much of `length` is under way. */
  get writelen(): number { return this.writing ? this.length - (this.work?.queue?.size ?? 0) : 0; }
  /** Whether all of them are bytes. */
  get allBuffers(): boolean { return this.buffered.every(({ chunk }) => typeof chunk !== 'string'); }
  /** Whether none of them has a callback. */
  get allNoop(): boolean { return this.buffered.every(({ callback }) => callback === nop); }

  /** Writing is the user's own, of a class or put on the stream: the channel is not written to directly, nothing is coalesced. */
  get custom(): boolean {
    const { duplex } = this.engine;
    const ours = duplex[defaultMethods];
    return duplex._write !== ours._write || duplex._writev !== ours._writev || duplex._writeGeneric !== ours._writeGeneric;
  }

  /** The writes that wait, in a list of its own. */
  getBuffer(): readonly WriteRequest[] {
    return this.work?.queue?.requests() ?? [];
  }

  /** Bytes that wait in the queue. */
  get queuedBytes(): number {
    return this.work?.queue?.bytes ?? 0;
  }

  /** Bytes that are coalesced for the end of the tick: written, for all that a caller can tell. */
  get gatheredBytes(): number {
    return this.work?.coalescer?.bytes ?? 0;
  }

  /** Sends what was coalesced in this tick. */
  flush(): void {
    this.work?.coalescer?.flush();
  }

  /** True while callbacks wait that a destroyed stream must call with an error. */
  get hasWaiting(): boolean {
    return this.bufferedRequestCount > 0 || (this.work?.finishCallbacks ?? null) !== null;
  }
}
