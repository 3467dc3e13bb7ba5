import { encode, view } from './bytes.js';
import { WRITE_DONE, WRITE_PENDING, type WriteStatus } from './channel.js';
import { multipleCallback, nullValues, streamDestroyed, unknownEncoding, writeAfterEnd } from './errors.js';
import { exiting, Gather, GATHER_CHUNK, GATHER_LIMIT, release } from './gather.js';
import type { Deferred, Taken } from './taken.js';
import { bytesOf, checkedEncoding, writeChunk, writeChunks } from './write-input.js';
import {
  BUFFER_PROCESSING, DECODE_STRINGS, DISABLED, ENDING, NEED_DRAIN, SYNC, VIA_WRITE, WRITING, WriteState, type WriteCallback, type WriteRequest,
} from './write-state.js';

const nop = (): void => {};

/** Writes on their way down: queue, cork, coalescing, callbacks, drain. */
export abstract class WriteQueue extends WriteState {
  /** How much of `length` is under way. */
  #writing = 0;
  #callback: WriteCallback | null = null;
  /** Not null while a write of this tick was taken: those that follow in the tick are gathered. */
  #taken: Taken | null = null;
  #gather: Gather | null = null;
  #deferred: Deferred | null = null;
  /** The callback that a `_write` of the user's own receives. Made when first needed. */
  #onwrite: WriteCallback | null = null;

  /** Emits 'finish' when its time has come. */
  protected abstract finishMaybe(): void;
  protected abstract failFinishCallbacks(): void;

  /** Bytes that are gathered for the end of the tick: written, for all that a caller can tell. */
  get gathered(): number {
    return this.#gather === null ? 0 : this.#gather.bytes;
  }

  // ---- write --------------------------------------------------------------------------------------------------------

  write(data: unknown, encodingOrCallback?: unknown, maybeCallback?: unknown): boolean {
    return this.writeOne(data, encodingOrCallback, maybeCallback) === true;
  }

  /** As `write`; the error where the stream no longer takes writes. */
  protected writeOne(data: unknown, encodingOrCallback: unknown, maybeCallback: unknown): boolean | Error {
    let callback = nop;
    let given = encodingOrCallback;
    if (typeof encodingOrCallback === 'function') {
      callback = encodingOrCallback as WriteCallback;
      given = null;
    } else if (typeof maybeCallback === 'function') {
      callback = maybeCallback as WriteCallback;
    }
    if (data === null) throw nullValues();
    let encoding = given ? checkedEncoding(given) : this.defaultEncoding;
    let chunk: Uint8Array | string;
    if (typeof data === 'string') {
      if (encoding === 'buffer') throw unknownEncoding(encoding);
      chunk = this.has(DECODE_STRINGS) ? encode(data, encoding) : data;
    } else {
      chunk = bytesOf(data);
      if (this.custom) chunk = view(chunk);
    }
    if (typeof chunk !== 'string') encoding = 'buffer';
    if (this.has(ENDING) || this.destroyed) return this.#refuse(callback);
    this.pendingcb++;
    return this.#accept(chunk, encoding, callback);
  }

  #refuse(callback: WriteCallback): Error {
    const error = this.has(ENDING) ? writeAfterEnd() : streamDestroyed('write');
    this.core.nextTick(callback, error);
    this.core.fail(error);
    return error;
  }

  #accept(chunk: Uint8Array | string, encoding: string, callback: WriteCallback): boolean {
    if (this.#taken !== null && this.#gatherChunk(chunk, encoding)) {
      this.#notifyTaken(callback);
      if (this.#gather!.bytes >= GATHER_LIMIT) this.flush();
    } else {
      const size = chunk.length;
      this.length += size;
      if (this.has(WRITING) || this.corked > 0 || this.errored !== null) (this.queue ??= []).push({ chunk, encoding, callback });
      else this.#handDown(size, chunk, encoding, callback);
    }
    // As Node: what was taken at once does not count against the mark, however much it was.
    const room = this.length < this.highWaterMark || this.length === 0;
    if (!room) this.bits |= NEED_DRAIN;
    return room && this.errored === null && !this.destroyed;
  }

  // ---- coalescing ---------------------------------------------------------------------------------------------------

  /** True when a copy of the chunk was gathered. What does not fit in sends the gathered bytes on their way first. */
  #gatherChunk(chunk: Uint8Array | string, encoding: string): boolean {
    if (this.has(WRITING) || this.corked > 0 || this.core.channel === null || this.errored !== null || this.custom) return false;
    if (chunk.length <= GATHER_CHUNK && !exiting()) {
      const bytes = typeof chunk === 'string' ? encode(chunk, encoding) : chunk;
      if (bytes.length <= GATHER_CHUNK) {
        this.#gather ??= new Gather();
        if (bytes.length > 0) this.#gather.add(bytes, this);
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
    let status: WriteStatus = WRITE_PENDING;
    try {
      // Without a channel there is nobody left to tell: as with bytes that a kernel took from a dying connection.
      if (channel === null) status = WRITE_DONE;
      else status = pieces.length === 1 ? channel.write(pieces[0]) : channel.writev(pieces);
    } finally {
      release(status !== WRITE_DONE);
    }
    if (status === WRITE_DONE) return;
    // They have not all left: from here on it is a write under way like any other.
    this.bits |= WRITING;
    this.#writing = size;
    this.length += size;
    this.pendingcb++;
    this.#deferred = { takens: [], error: null };
    this.#callback = (error) => this.#settleDeferred(error ?? null);
  }

  #settleDeferred(error: Error | null): void {
    const deferred = this.#deferred!;
    const { takens } = deferred;
    if (error === null) this.#deferred = null;
    else deferred.error = error;
    deferred.takens = [];
    let next = 0;
    try {
      while (next < takens.length) {
        const { count, callback } = takens[next++];
        this.pendingcb -= count;
        for (let i = 0; i < count; i++) callback(error);
      }
    } finally {
      // Behind a callback that threw.
      for (const taken of takens.slice(next)) this.core.nextTick(afterTaken, taken);
    }
  }

  #notifyTaken(callback: WriteCallback): void {
    if (this.#taken !== null && this.#taken.callback === callback) {
      this.#taken.count++;
    } else {
      this.#taken = { side: this, callback, count: 1, awaited: callback !== nop };
      this.core.nextTick(afterTaken, this.#taken);
    }
    if (this.destroyed || (this.length === 0 && this.has(NEED_DRAIN))) this.#taken.awaited = true;
  }

  /** @internal */
  afterTaken(taken: Taken): void {
    if (this.#taken === taken) this.#taken = null;
    this.flush();
    const deferred = this.#deferred;
    if (deferred === null) {
      // Node makes no tick for what nobody waits for: such a one must not speed up what `destroy` will do.
      if (this.destroyed && !taken.awaited) return;
      this.#afterWrite(taken.count, taken.callback);
      return;
    }
    deferred.takens.push(taken);
    if (deferred.error !== null) this.#settleDeferred(deferred.error);
  }

  // ---- handing down -------------------------------------------------------------------------------------------------

  #handDown(size: number, chunk: Uint8Array | string, encoding: string, callback: WriteCallback): void {
    const { core } = this;
    this.#writing = size;
    this.#callback = callback;
    this.bits = (this.bits | WRITING | SYNC) & ~VIA_WRITE;
    if (core.channel !== null && !this.custom) {
      if (core.idleTimer !== null) core.idleTimer.refresh();
      if (writeChunk(core.channel, chunk, encoding) === WRITE_DONE) this.settle(null);
    } else {
      this.bits |= VIA_WRITE;
      core.duplex._write(chunk, encoding, (this.#onwrite ??= (error) => this.settle(error ?? null)));
    }
    this.bits &= ~SYNC;
  }

  #handDownAll(requests: readonly WriteRequest[]): void {
    const { core } = this;
    this.#writing = this.length;
    this.pendingcb -= requests.length - 1;
    this.#callback = requests.every(({ callback }) => callback === nop)
      ? nop
      : (error) => {
          for (const { callback } of requests) callback(error);
        };
    this.bits = (this.bits | WRITING | SYNC) & ~VIA_WRITE;
    if (core.channel !== null && !this.custom) {
      if (core.idleTimer !== null) core.idleTimer.refresh();
      if (writeChunks(core.channel, requests) === WRITE_DONE) this.settle(null);
    } else {
      this.bits |= VIA_WRITE;
      core.duplex._writev!([...requests], (this.#onwrite ??= (error) => this.settle(error ?? null)));
    }
    this.bits &= ~SYNC;
  }

  /** The write that was under way is over: at once, or by a later call. */
  settle(error: Error | null): void {
    const sync = this.has(SYNC);
    const callback = this.#callback;
    if (callback === null) {
      this.core.fail(multipleCallback());
      return;
    }
    this.bits &= ~WRITING;
    this.#callback = null;
    this.length -= this.#writing;
    this.#writing = 0;
    if (error !== null) {
      this.core.errored ??= error;
      if (sync) this.core.nextTick(failWrite, { side: this, error, callback });
      else this.afterFailedWrite(error, callback);
      return;
    }
    if (this.queue !== null && this.queue.length > 0) this.clearBuffer();
    if (sync) this.#notifyTaken(callback);
    else this.#afterWrite(1, callback);
  }

  #afterWrite(count: number, callback: WriteCallback): void {
    if (this.length === 0 && this.has(NEED_DRAIN) && !this.has(ENDING) && !this.destroyed) {
      this.bits &= ~NEED_DRAIN;
      this.core.duplex.emit('drain');
    }
    for (; count > 0; count--) {
      this.pendingcb--;
      callback(null);
    }
    if (this.destroyed) this.failQueued();
    if (this.has(ENDING)) this.finishMaybe();
  }

  /** @internal */
  afterFailedWrite(error: Error, callback: WriteCallback): void {
    this.pendingcb--;
    callback(error);
    this.failQueued();
    this.core.fail(error, true);
  }

  // ---- the queue ----------------------------------------------------------------------------------------------------

  /** Hands down what has queued. */
  clearBuffer(): void {
    const { queue } = this;
    if (queue === null || queue.length === 0 || this.corked > 0 || this.has(BUFFER_PROCESSING) || this.destroyed) return;
    const direct = this.core.channel !== null && !this.custom;
    if (queue.length > 1 && (direct || typeof this.core.duplex._writev === 'function')) {
      this.queue = null;
      this.#handDownAll(queue);
      return;
    }
    this.bits |= BUFFER_PROCESSING;
    let next = 0;
    while (next < queue.length && !this.has(WRITING)) {
      const { chunk, encoding, callback } = queue[next++];
      this.#handDown(chunk.length, chunk, encoding, callback);
    }
    // Handing down can have queued more behind what was here.
    if (next === queue.length) this.queue = null;
    else queue.splice(0, next);
    this.bits &= ~BUFFER_PROCESSING;
  }

  cork(): void {
    this.flush();
    this.corked++;
  }

  uncork(): void {
    if (this.corked === 0) return;
    this.corked--;
    if (!this.has(WRITING)) this.clearBuffer();
  }

  /** Tells every waiting callback that its write will not happen. */
  failQueued(): void {
    if (this.has(WRITING)) return;
    const { queue } = this;
    try {
      for (const { chunk, callback } of queue ?? []) {
        this.length -= chunk.length;
        this.pendingcb--;
        callback(this.errored ?? streamDestroyed('write'));
      }
      this.failFinishCallbacks();
    } finally {
      // Only now: until the last has been told they all count as written.
      this.queue = null;
    }
  }

  // ---- borrowed chunks ----------------------------------------------------------------------------------------------

  /** A chunk written now would go to the channel at once, and nothing of the user's would see it. */
  get takesBorrowed(): boolean {
    return (
      !this.has(WRITING | ENDING | DISABLED) && !this.custom && this.corked === 0 && this.core.channel !== null && this.errored === null && !this.destroyed &&
      this.bufferedRequestCount === 0
    );
  }

  /** As `write` of bytes that are only lent: `writing` says afterwards whether they are still needed. */
  writeBorrowed(chunk: Uint8Array): boolean {
    this.pendingcb++;
    return this.#accept(chunk, 'buffer', nop);
  }

  /** For a stream that starts over: nothing of the former life is sent in the new one. */
  restart(): void {
    this.flush();
    const callbacks = (this.queue ?? []).map(({ callback }) => callback);
    if (this.#callback !== null) callbacks.unshift(this.#callback);
    for (const callback of callbacks) this.core.nextTick(callback, streamDestroyed('write'));
    this.bits &= ~(WRITING | SYNC | BUFFER_PROCESSING);
    this.#callback = null;
    this.#writing = 0;
    this.#taken = null;
    this.queue = null;
    this.length = 0;
    this.pendingcb -= callbacks.length + (this.core.finalCallback === null ? 0 : 1);
  }
}

function afterTaken(taken: Taken): void { taken.side.afterTaken(taken); }
function failWrite(failed: { side: WriteQueue; error: Error; callback: WriteCallback }): void {
  failed.side.afterFailedWrite(failed.error, failed.callback);
}
