import { byteLength, encode, encodingName } from './bytes.js';
import { WRITE_DONE, type Channel, type WriteStatus } from './channel.js';
import type { DuplexCore } from './duplex-core.js';
import { alreadyFinished, invalidArgType, multipleCallback, nullValues, streamDestroyed, unknownEncoding, writeAfterEnd } from './errors.js';
import { GATHER_CHUNK, GATHER_LIMIT, Gather, release } from './gather.js';

/*
 * The state of the writing side, one bit each; the getters below give Node's names for them.
 */
/** A write was handed down and has not settled. */
const WRITING = 1 << 0;
/** Inside the call that hands a write down. */
const SYNC = 1 << 1;
/** `end` was called. */
const ENDING = 1 << 2;
const ENDED = 1 << 3;
const FINISHED = 1 << 4;
const FINAL_CALLED = 1 << 5;
const PREFINISHED = 1 << 6;
const NEED_DRAIN = 1 << 7;
const BUFFER_PROCESSING = 1 << 8;
/** The side was switched off when the stream was made (`writable: false`). */
const DISABLED = 1 << 9;
/** `_write` is the user's own: no channel below, no coalescing. */
const CUSTOM = 1 << 10;
/** Strings become bytes as they are written, and count in bytes. */
const DECODE_STRINGS = 1 << 11;

export type WriteCallback = (error?: Error | null) => void;

interface WriteRequest {
  readonly chunk: Uint8Array | string;
  readonly encoding: string;
  readonly callback: WriteCallback;
}

/** Callbacks of writes that the kernel took at once: they run together after the current operation. */
interface Taken {
  readonly side: WriteSide;
  readonly callback: WriteCallback;
  count: number;
}

const nop = (): void => {};

/** The writing half of a Duplex: queue, cork, coalescing, drain, finish. */
export class WriteSide {
  readonly core: DuplexCore;
  highWaterMark: number;
  /** What waits or is under way: bytes, or characters of strings that are passed on as they are. */
  length = 0;
  corked = 0;
  /** Callbacks that have not run yet, and whatever else must happen before 'finish'. */
  pendingcb = 0;
  defaultEncoding = 'utf8';
  #bits: number;
  #writing = 0;
  #callback: WriteCallback | null = null;
  #queue: WriteRequest[] | null = null;
  #taken: Taken | null = null;
  #gather: Gather | null = null;
  /** Callbacks of gathered writes that the kernel has not fully taken: they wait for the write under way. */
  #deferred: Taken[] | null = null;
  #finishCallbacks: WriteCallback[] | null = null;
  /** The callback that a `_write` of the user's own receives. Made when first needed. */
  #onwrite: WriteCallback | null = null;

  constructor(core: DuplexCore, highWaterMark: number, disabled: boolean, custom: boolean, decodeStrings: boolean) {
    this.core = core;
    this.highWaterMark = highWaterMark;
    this.#bits = (disabled ? DISABLED | ENDING | ENDED | FINISHED : 0) | (custom ? CUSTOM : 0) | (decodeStrings ? DECODE_STRINGS : 0);
  }

  // ---- what the ecosystem reads -------------------------------------------------------------------------------------

  get objectMode(): boolean { return false; }
  get writing(): boolean { return this.#has(WRITING); }
  get sync(): boolean { return this.#has(SYNC); }
  get ending(): boolean { return this.#has(ENDING); }
  get ended(): boolean { return this.#has(ENDED); }
  get finished(): boolean { return this.#has(FINISHED); }
  get finalCalled(): boolean { return this.#has(FINAL_CALLED); }
  get prefinished(): boolean { return this.#has(PREFINISHED); }
  get needDrain(): boolean { return this.#has(NEED_DRAIN); }
  get bufferProcessing(): boolean { return this.#has(BUFFER_PROCESSING); }
  get decodeStrings(): boolean { return this.#has(DECODE_STRINGS); }
  get constructed(): boolean { return true; }
  get writable(): boolean { return !this.#has(DISABLED); }
  set writable(on: boolean) {
    if (on) this.#bits &= ~DISABLED;
    else this.#bits |= DISABLED;
  }
  get bufferedRequestCount(): number { return this.#queue === null ? 0 : this.#queue.length; }
  get destroyed(): boolean { return this.core.destroyed; }
  get closed(): boolean { return this.core.closed; }
  get closeEmitted(): boolean { return this.core.closeEmitted; }
  get errored(): Error | null { return this.core.errored; }
  get errorEmitted(): boolean { return this.core.errorEmitted; }
  get autoDestroy(): boolean { return this.core.autoDestroy; }
  get emitClose(): boolean { return this.core.emitClose; }

  getBuffer(): readonly WriteRequest[] {
    return this.#queue ?? [];
  }

  /** Bytes that are gathered for the end of the tick: written, for all that a caller can tell. */
  get gathered(): number {
    return this.#gather === null ? 0 : this.#gather.bytes;
  }

  /** Bytes that wait in the queue. */
  get queuedBytes(): number {
    let bytes = 0;
    for (const { chunk, encoding } of this.#queue ?? []) bytes += typeof chunk === 'string' ? byteLength(chunk, encoding) : chunk.length;
    return bytes;
  }

  #has(bits: number): boolean {
    return (this.#bits & bits) !== 0;
  }

  // ---- write --------------------------------------------------------------------------------------------------------

  write(data: unknown, encodingOrCallback?: unknown, maybeCallback?: unknown): boolean {
    return this.#write(data, encodingOrCallback, maybeCallback) === true;
  }

  #write(data: unknown, encodingOrCallback: unknown, maybeCallback: unknown): boolean | Error {
    let encoding = this.defaultEncoding;
    let callback = nop;
    if (typeof encodingOrCallback === 'function') callback = encodingOrCallback as WriteCallback;
    else {
      if (encodingOrCallback) encoding = checkedEncoding(encodingOrCallback);
      if (typeof maybeCallback === 'function') callback = maybeCallback as WriteCallback;
    }
    let chunk: Uint8Array | string;
    if (typeof data === 'string') chunk = this.#has(DECODE_STRINGS) ? encode(data, encoding) : data;
    else chunk = bytesOf(data);
    if (typeof chunk !== 'string') encoding = 'buffer';
    const error = this.#has(ENDING) ? writeAfterEnd() : this.destroyed ? streamDestroyed('write') : null;
    if (error !== null) {
      this.core.nextTick(callback, error);
      this.core.fail(error);
      return error;
    }
    this.pendingcb++;
    return this.#accept(chunk, encoding, callback);
  }

  #accept(chunk: Uint8Array | string, encoding: string, callback: WriteCallback): boolean {
    const size = chunk.length;
    if (this.#taken !== null && !this.#has(WRITING | CUSTOM) && this.corked === 0 && this.core.channel !== null && this.#gatherChunk(chunk, encoding)) {
      const room = size < this.highWaterMark;
      if (!room) this.#bits |= NEED_DRAIN;
      this.#notifyTaken(callback);
      if (this.#gather!.bytes >= GATHER_LIMIT) this.flush();
      return room && !this.destroyed;
    }
    this.length += size;
    const room = this.length < this.highWaterMark;
    if (!room) this.#bits |= NEED_DRAIN;
    if (this.#has(WRITING) || this.corked > 0 || this.errored !== null) {
      (this.#queue ??= []).push({ chunk, encoding, callback });
    } else {
      this.#handDown(size, chunk, encoding, callback);
    }
    return room && this.errored === null && !this.destroyed;
  }

  /** True when a copy of the chunk was gathered. What does not fit in sends the gathered bytes on their way first. */
  #gatherChunk(chunk: Uint8Array | string, encoding: string): boolean {
    if (chunk.length <= GATHER_CHUNK) {
      const bytes = typeof chunk === 'string' ? encode(chunk, encoding) : chunk;
      if (bytes.length <= GATHER_CHUNK) {
        if (bytes.length > 0) (this.#gather ??= new Gather()).add(bytes, this);
        else this.#gather ??= new Gather();
        return true;
      }
    }
    this.flush();
    return false;
  }

  /** Sends what was gathered in this tick. */
  flush(): void {
    const gather = this.#gather;
    if (gather === null || gather.bytes === 0) return;
    const { channel } = this.core;
    const size = gather.bytes;
    const pieces = gather.take();
    if (channel === null) {
      release(false);
      return;
    }
    const status = pieces.length === 1 ? channel.write(pieces[0]) : channel.writev(pieces);
    release(status !== WRITE_DONE);
    if (status === WRITE_DONE) return;
    // The kernel has not taken it all: from here on it is a write under way like any other.
    this.#bits |= WRITING;
    this.#writing = size;
    this.length += size;
    const deferred: Taken[] = (this.#deferred = []);
    this.pendingcb++;
    this.#callback = (error) => {
      this.#deferred = null;
      for (const { count, callback } of deferred) {
        this.pendingcb -= count;
        for (let i = 0; i < count; i++) callback(error);
      }
    };
  }

  #handDown(size: number, chunk: Uint8Array | string, encoding: string, callback: WriteCallback): void {
    const { duplex } = this.core;
    this.#writing = size;
    this.#callback = callback;
    this.#bits |= WRITING | SYNC;
    if (this.core.channel !== null && !this.#has(CUSTOM)) {
      if (this.core.idleTimer !== null) this.core.idleTimer.refresh();
      if (writeChunk(this.core.channel, chunk, encoding) === WRITE_DONE) this.settle(null);
    } else {
      duplex._write(chunk, encoding, (this.#onwrite ??= (error) => this.settle(error ?? null)));
    }
    this.#bits &= ~SYNC;
  }

  /** A write that was handed down while there was no channel goes to the channel now. */
  handDownLate(chunk: Uint8Array | string, encoding: string): void {
    if (writeChunk(this.core.channel!, chunk, encoding) === WRITE_DONE) this.settle(null);
  }

  #handDownAll(requests: readonly WriteRequest[]): void {
    const { duplex } = this.core;
    this.#writing = this.length;
    this.pendingcb -= requests.length - 1;
    this.#callback = (error) => {
      for (const { callback } of requests) callback(error);
    };
    this.#bits |= WRITING | SYNC;
    if (this.core.channel !== null && !this.#has(CUSTOM)) {
      if (this.core.idleTimer !== null) this.core.idleTimer.refresh();
      const chunks = requests.map(({ chunk, encoding }) => (typeof chunk === 'string' ? encode(chunk, encoding) : chunk));
      if (this.core.channel.writev(chunks) === WRITE_DONE) this.settle(null);
    } else {
      duplex._writev!([...requests], (this.#onwrite ??= (error) => this.settle(error ?? null)));
    }
    this.#bits &= ~SYNC;
  }

  /** The write that was under way is over: at once, or by a later call. */
  settle(error: Error | null): void {
    const sync = this.#has(SYNC);
    const callback = this.#callback;
    if (callback === null) {
      this.core.fail(multipleCallback());
      return;
    }
    this.#bits &= ~WRITING;
    this.#callback = null;
    this.length -= this.#writing;
    this.#writing = 0;
    if (error !== null) {
      this.core.errored ??= error;
      if (sync) this.core.nextTick(failWrite, { side: this, error, callback });
      else failWrite({ side: this, error, callback });
      return;
    }
    if (this.#queue !== null && this.#queue.length > 0) this.clearBuffer();
    if (sync) this.#notifyTaken(callback);
    else this.#afterWrite(1, callback);
  }

  #notifyTaken(callback: WriteCallback): void {
    if (this.#taken !== null && this.#taken.callback === callback) {
      this.#taken.count++;
    } else {
      this.#taken = { side: this, count: 1, callback };
      this.core.nextTick(afterTaken, this.#taken);
    }
  }

  /** @internal */
  afterTaken(taken: Taken): void {
    if (this.#taken === taken) this.#taken = null;
    this.flush();
    if (this.#deferred !== null) this.#deferred.push(taken);
    else this.#afterWrite(taken.count, taken.callback);
  }

  #afterWrite(count: number, callback: WriteCallback): void {
    const { duplex } = this.core;
    if (this.length === 0 && this.#has(NEED_DRAIN) && !this.#has(ENDING) && !this.destroyed) {
      this.#bits &= ~NEED_DRAIN;
      duplex.emit('drain');
    }
    for (; count > 0; count--) {
      this.pendingcb--;
      callback(null);
    }
    if (this.destroyed) this.failQueued();
    this.#finishMaybe(false);
  }

  /** @internal */
  afterFailedWrite(error: Error, callback: WriteCallback): void {
    this.pendingcb--;
    callback(error);
    this.failQueued();
    this.core.fail(error);
  }

  /** Hands down what has queued. */
  clearBuffer(): void {
    if (this.corked > 0 || this.#has(BUFFER_PROCESSING) || this.destroyed) return;
    const queue = this.#queue;
    if (queue === null || queue.length === 0) return;
    if (queue.length > 1 && ((this.core.channel !== null && !this.#has(CUSTOM)) || this.core.duplex._writev !== undefined)) {
      this.#queue = null;
      this.#handDownAll(queue);
      return;
    }
    this.#bits |= BUFFER_PROCESSING;
    let next = 0;
    while (next < queue.length && !this.#has(WRITING)) {
      const { chunk, encoding, callback } = queue[next++];
      this.#handDown(chunk.length, chunk, encoding, callback);
    }
    // Handing down can have queued more behind what was here.
    if (next === queue.length) this.#queue = null;
    else queue.splice(0, next);
    this.#bits &= ~BUFFER_PROCESSING;
  }

  cork(): void {
    this.flush();
    this.corked++;
  }

  uncork(): void {
    if (this.corked === 0) return;
    this.corked--;
    if (!this.#has(WRITING)) this.clearBuffer();
  }

  // ---- end ----------------------------------------------------------------------------------------------------------

  end(data?: unknown, encodingOrCallback?: unknown, maybeCallback?: unknown): void {
    let chunk = data;
    let encoding = encodingOrCallback;
    let callback = maybeCallback;
    if (typeof chunk === 'function') {
      callback = chunk;
      chunk = null;
      encoding = null;
    } else if (typeof encoding === 'function') {
      callback = encoding;
      encoding = null;
    }
    let error: Error | undefined;
    if (chunk != null) {
      const result = this.#write(chunk, encoding, undefined);
      if (result instanceof Error) error = result;
    }
    if (this.corked > 0) {
      this.corked = 1;
      this.uncork();
    }
    if (error === undefined) {
      if (this.errored === null && !this.#has(ENDING)) {
        this.#bits |= ENDING;
        this.#finishMaybe(true);
        this.#bits |= ENDED;
      } else if (this.#has(FINISHED)) {
        error = alreadyFinished('end');
      } else if (this.destroyed) {
        error = streamDestroyed('end');
      }
    }
    if (typeof callback !== 'function') return;
    const done = callback as WriteCallback;
    if (error !== undefined) this.core.nextTick(done, error);
    else if (this.#has(FINISHED)) this.core.nextTick(done, null);
    else (this.#finishCallbacks ??= []).push(done);
  }

  #needFinish(): boolean {
    return (
      this.#has(ENDING) && !this.#has(FINISHED | WRITING) && !this.destroyed && this.length === 0 && this.errored === null &&
      this.bufferedRequestCount === 0 && !this.errorEmitted && !this.closeEmitted
    );
  }

  #finishMaybe(sync: boolean): void {
    if (!this.#needFinish()) return;
    this.flush();
    if (!this.#needFinish()) return;
    this.#prefinish();
    if (this.pendingcb > 0) return;
    this.pendingcb++;
    if (sync) this.core.nextTick(finishLater, this);
    else this.finish();
  }

  #prefinish(): void {
    if (this.#has(PREFINISHED | FINAL_CALLED)) return;
    const { duplex } = this.core;
    if (this.destroyed) return;
    this.#bits |= FINAL_CALLED | SYNC;
    this.pendingcb++;
    let called = false;
    const done = (error?: Error | null): void => {
      if (called) {
        this.core.fail(error ?? multipleCallback());
        return;
      }
      called = true;
      this.#afterFinal(error ?? null);
    };
    try {
      duplex._final(done);
    } catch (error) {
      done(error as Error);
    }
    this.#bits &= ~SYNC;
  }

  #afterFinal(error: Error | null): void {
    const { duplex } = this.core;
    this.pendingcb--;
    if (error !== null) {
      for (const callback of this.#takeFinishCallbacks()) callback(error);
      this.core.fail(error);
    } else if (this.#needFinish()) {
      this.#bits |= PREFINISHED;
      duplex.emit('prefinish');
      this.pendingcb++;
      this.core.nextTick(finishNow, this);
    }
  }

  /** @internal */
  finishLater(): void {
    if (this.#needFinish()) this.finish();
    else this.pendingcb--;
  }

  /** @internal */
  finish(): void {
    this.pendingcb--;
    this.#bits |= FINISHED;
    for (const callback of this.#takeFinishCallbacks()) callback(null);
    this.core.duplex.emit('finish');
    this.core.onWriteFinish();
  }

  #takeFinishCallbacks(): readonly WriteCallback[] {
    const callbacks = this.#finishCallbacks ?? [];
    this.#finishCallbacks = null;
    return callbacks;
  }

  /** For a stream that starts over. */
  restart(): void {
    this.#bits &= ~(WRITING | SYNC | ENDING | ENDED | FINISHED | FINAL_CALLED | PREFINISHED | NEED_DRAIN | BUFFER_PROCESSING);
    if (this.#has(DISABLED)) this.#bits |= ENDING | ENDED | FINISHED;
    this.#callback = null;
    this.#queue = null;
    this.length = 0;
    this.corked = 0;
  }

  /** True while callbacks wait that a destroyed stream must call with an error. */
  get hasWaiting(): boolean {
    return this.bufferedRequestCount > 0 || this.#finishCallbacks !== null;
  }

  /** Tells every waiting callback that its write will not happen. */
  failQueued(): void {
    if (this.#has(WRITING)) return;
    const queue = this.#queue ?? [];
    this.#queue = null;
    for (const { chunk, callback } of queue) {
      this.length -= chunk.length;
      callback(this.errored ?? streamDestroyed('write'));
    }
    for (const callback of this.#takeFinishCallbacks()) callback(this.errored ?? streamDestroyed('end'));
  }
}

function afterTaken(taken: Taken): void { taken.side.afterTaken(taken); }
function finishLater(side: WriteSide): void { side.finishLater(); }
function finishNow(side: WriteSide): void { side.finish(); }
function failWrite(failed: { side: WriteSide; error: Error; callback: WriteCallback }): void {
  failed.side.afterFailedWrite(failed.error, failed.callback);
}

function writeChunk(channel: Channel, chunk: Uint8Array | string, encoding: string): WriteStatus {
  if (typeof chunk !== 'string') return channel.write(chunk);
  if (channel.writeString !== undefined) {
    const name = encodingName(encoding);
    if (name === 'utf8' || name === 'latin1') return channel.writeString(chunk, name);
  }
  return channel.write(encode(chunk, encoding));
}

function checkedEncoding(encoding: unknown): string {
  if (encoding === 'buffer' || encodingName(encoding) !== undefined) return encoding as string;
  throw unknownEncoding(encoding);
}

/** The bytes of a Buffer, a TypedArray or a DataView; nothing is copied. */
function bytesOf(data: unknown): Uint8Array {
  if (data instanceof Uint8Array) return data;
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (data === null) throw nullValues();
  throw invalidArgType('chunk', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
}
