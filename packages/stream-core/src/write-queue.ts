import { encode, view } from './bytes.js';
import { WRITE_DONE } from './channel.js';
import { multipleCallback, nullValues, streamDestroyed, unknownEncoding, writeAfterEnd } from './errors.js';
import { hasAnswered, isReader } from './reading.js';
import { nop, WriteCoalescing } from './write-coalescing.js';
import { bytesOf, checkedEncoding, writeChunk, writeChunks } from './write-input.js';
import {
  BUFFER_PROCESSING, DECODE_STRINGS, DISABLED, ENDING, NEED_DRAIN, SYNC, VIA_WRITE, WRITING, type WriteCallback, type WriteRequest,
} from './write-state.js';

/** Writes on their way down: queue, cork, callbacks, drain. */
export abstract class WriteQueue extends WriteCoalescing {
  /** Emits 'finish' when its time has come. */
  protected abstract finishMaybe(): void;
  protected abstract failFinishCallbacks(): void;

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
    if (this.has(ENDING) || this.destroyed) return this.refuse(callback);
    this.pendingcb++;
    return this.accept(chunk, encoding, callback);
  }

  private refuse(callback: WriteCallback): Error {
    const error = this.has(ENDING) ? writeAfterEnd() : streamDestroyed('write');
    this.core.nextTick(callback, error);
    this.core.fail(error);
    return error;
  }

  private accept(chunk: Uint8Array | string, encoding: string, callback: WriteCallback): boolean {
    if ((this.work?.taken ?? null) !== null || hasAnswered(this)) {
      if (this.gatherChunk(chunk, encoding, callback)) {
        this.notifyTaken(callback, this.work!.batch);
        if (this.work!.gather!.isFull) this.flush();
        return this.takesMore();
      }
      this.flush();
    }
    return this.acceptWhole(chunk, encoding, callback);
  }

  private acceptWhole(chunk: Uint8Array | string, encoding: string, callback: WriteCallback): boolean {
    const { core } = this;
    if (core.channel !== null && this.isFree() && !this.custom) {
      if (core.idleTimer !== null && !isReader(core)) core.idleTimer.refresh();
      if (writeChunk(core.channel, chunk, encoding) === WRITE_DONE) {
        this.bits &= ~(SYNC | VIA_WRITE);
        this.afterDone(callback);
        return true;
      }
      this.underWay(chunk.length, callback);
      this.length += chunk.length;
      this.bits &= ~SYNC;
    } else {
      this.length += chunk.length;
      if (this.has(WRITING) || this.corked > 0 || this.errored !== null) (this.working.queue ??= []).push({ chunk, encoding, callback });
      else this.handDown(chunk.length, chunk, encoding, callback);
    }
    return this.takesMore();
  }

  /** Nothing is under way, waits, or keeps a write from the channel. */
  private isFree(): boolean {
    const { work } = this;
    return (this.bits & (WRITING | BUFFER_PROCESSING)) === 0 && this.errored === null && (work === null || (work.corked === 0 && work.queue === null));
  }

  /** As Node: what was taken at once does not count against the mark, however much it was. */
  private takesMore(): boolean {
    const room = this.length < this.highWaterMark || this.length === 0;
    if (!room) this.bits |= NEED_DRAIN;
    return room && this.errored === null && !this.destroyed;
  }

  // ---- handing down -------------------------------------------------------------------------------------------------

  private handDown(size: number, chunk: Uint8Array | string, encoding: string, callback: WriteCallback): void {
    const { core } = this;
    this.underWay(size, callback);
    this.bits |= SYNC;
    if (core.channel !== null && !this.custom) {
      if (core.idleTimer !== null) core.idleTimer.refresh();
      if (writeChunk(core.channel, chunk, encoding) === WRITE_DONE) this.settle(null);
    } else {
      this.bits |= VIA_WRITE;
      core.duplex._write(chunk, encoding, this.onwrite());
    }
    this.bits &= ~SYNC;
  }

  private handDownAll(requests: readonly WriteRequest[]): void {
    const { core } = this;
    this.pendingcb -= requests.length - 1;
    this.underWay(
      this.length,
      requests.every(({ callback }) => callback === nop)
        ? nop
        : (error) => {
            for (const { callback } of requests) callback(error);
          },
    );
    this.bits |= SYNC;
    if (core.channel !== null && !this.custom) {
      if (core.idleTimer !== null) core.idleTimer.refresh();
      if (writeChunks(core.channel, requests) === WRITE_DONE) this.settle(null);
    } else {
      this.bits |= VIA_WRITE;
      core.duplex._writev!([...requests], this.onwrite());
    }
    this.bits &= ~SYNC;
  }

  private onwrite(): WriteCallback {
    return (this.working.onwrite ??= (error) => this.settle(error ?? null));
  }

  /** The write that was under way is over: at once, or by a later call. */
  settle(error: Error | null): void {
    const sync = this.has(SYNC);
    const { work } = this;
    const callback = work === null ? null : work.callback;
    if (work === null || callback === null) {
      this.core.fail(multipleCallback());
      return;
    }
    this.bits &= ~WRITING;
    // Before anything is written from here on.
    if (work.deferred !== null) work.gather!.settled(error === null);
    work.callback = null;
    this.length -= work.writing;
    work.writing = 0;
    if (error !== null) {
      this.core.errored ??= error;
      if (sync) this.core.nextTick(failWrite, { side: this, error, callback });
      else this.afterFailedWrite(error, callback);
      return;
    }
    if (work.queue !== null && work.queue.length > 0) this.clearBuffer();
    if (sync) this.notifyTaken(callback, 0);
    else this.afterWrite(1, callback);
  }

  protected afterWrite(count: number, callback: WriteCallback): void {
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
      this.work!.queue = null;
      this.handDownAll(queue);
      return;
    }
    this.bits |= BUFFER_PROCESSING;
    let next = 0;
    while (next < queue.length && !this.has(WRITING)) {
      const { chunk, encoding, callback } = queue[next++];
      this.handDown(chunk.length, chunk, encoding, callback);
    }
    // Handing down can have queued more behind what was here.
    if (next === queue.length) this.work!.queue = null;
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
      if (this.work !== null) this.work.queue = null;
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
    this.flush();
    return this.acceptWhole(chunk, 'buffer', nop);
  }

  /** For a stream that starts over: nothing of the former life is sent in the new one. */
  restart(): void {
    this.flush();
    const { work } = this;
    const callbacks = (this.queue ?? []).map(({ callback }) => callback);
    if (work !== null && work.callback !== null) callbacks.unshift(work.callback);
    for (const callback of callbacks) this.core.nextTick(callback, streamDestroyed('write'));
    this.bits &= ~(WRITING | SYNC | BUFFER_PROCESSING);
    this.length = 0;
    this.pendingcb -= callbacks.length + (this.core.finalCallback === null ? 0 : 1);
    if (work === null) return;
    work.callback = null;
    work.writing = 0;
    work.taken = null;
    work.queue = null;
    work.deferred = null;
    this.loseGather();
  }
}

function failWrite(failed: { side: WriteQueue; error: Error; callback: WriteCallback }): void {
  failed.side.afterFailedWrite(failed.error, failed.callback);
}
