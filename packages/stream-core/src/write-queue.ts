import { encode, sizeOf, view } from './bytes.js';
import { WRITE_DONE, type Channel } from './channel.js';
import { bytesGone, multipleCallback, nullValues, streamDestroyed, unknownEncoding, writeAfterEnd } from './errors.js';
import { isEnding } from './process-end.js';
import { isReader } from './reading.js';
import type { ReadSide } from './read-side.js';
import { nop, WriteCoalescing } from './write-coalescing.js';
import { asWritten, bytesOf, checkedEncoding, outgoingSize, writeChunk, writeChunks } from './write-input.js';
import {
  BUFFER_PROCESSING, DECODE_STRINGS, DISABLED, ENDING, NEED_DRAIN, SYNC, VIA_WRITE, WRITING, type WriteCallback, type WriteRequest,
} from './write-state.js';
import type { WriteWork } from './write-work.js';

/*
 * What becomes of a write; the last two go to the channel.
 */
const REFUSE = 0;
/** Others go first, or the user holds it back. */
const QUEUE = 1;
/** To `_write`. */
const PASS_ON = 2;
/** With others of the tick, at its end. */
const GATHER = 3;
const SEND = 4;
type Fate = typeof REFUSE | typeof QUEUE | typeof PASS_ON | typeof GATHER | typeof SEND;

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
    return this.accept(chunk, encoding, callback);
  }

  /** What becomes of a write now. It is decided here alone. */
  private fateOf(size: number, callback: WriteCallback): Fate {
    if (this.has(ENDING) || this.destroyed) return REFUSE;
    if (this.has(WRITING) || this.corked > 0 || this.errored !== null) return QUEUE;
    if (!this.isDirect) return PASS_ON;
    // What waits goes first.
    if (this.bufferedRequestCount > 0) return QUEUE;
    return this.gathers(size, callback) ? GATHER : SEND;
  }

  /** Whether what goes down goes to the channel, and not to a `_write`: the user's own, or ours, which waits for a channel. */
  private get isDirect(): boolean {
    return this.core.channel !== null && !this.custom;
  }

  private accept(chunk: Uint8Array | string, encoding: string, callback: WriteCallback): boolean | Error {
    const size = typeof chunk === 'string' ? chunk.length : sizeOf(chunk);
    const { turn } = this.core;
    if (turn.isLate) turn.flush();
    let fate = this.fateOf(size, callback);
    if (fate === GATHER && this.gatherCopy(chunk, size, encoding)) return this.gathered(callback);
    // What has gathered leaves before anything else does, and where there is no room for more: whereupon the way may no longer be free.
    if (fate !== REFUSE && this.gatheredBytes > 0) {
      this.flush();
      fate = this.fateOf(size, callback);
      if (fate === GATHER && this.gatherCopy(chunk, size, encoding)) return this.gathered(callback);
    }
    if (fate === REFUSE) return this.refuse(callback);
    this.pendingcb++;
    if (fate === QUEUE) {
      this.length += size;
      (this.working.queue ??= []).push({ chunk, encoding, callback, size });
    } else if (fate === PASS_ON) {
      this.length += size;
      this.handDown({ chunk, encoding, callback, size });
    } else if (this.send(chunk, size, encoding, callback)) {
      return true;
    }
    return this.takesMore();
  }

  private refuse(callback: WriteCallback): Error {
    const error = this.has(ENDING) ? writeAfterEnd() : streamDestroyed('write');
    this.core.nextTick(callback, error);
    this.core.fail(error);
    return error;
  }

  private gathered(callback: WriteCallback): boolean {
    this.pendingcb++;
    this.notifyTaken(callback, this.work!.batch);
    // No tick will end any more: nothing may wait for that.
    if (this.work!.gather!.isFull || isEnding()) this.flush();
    return this.takesMore();
  }

  /** Straight to the channel. True when it took all of it at once. */
  private send(chunk: Uint8Array | string, size: number, encoding: string, callback: WriteCallback): boolean {
    const { core } = this;
    if (this.follows && this.isLarge(size, callback)) this.working.large++;
    if (core.idleTimer !== null && !isReader(core)) core.idleTimer.refresh();
    if (writeChunk(core.channel!, chunk, encoding) === WRITE_DONE) {
      this.bits &= ~(SYNC | VIA_WRITE);
      this.afterDone(callback);
      return true;
    }
    this.underWay(size, callback);
    this.length += size;
    this.bits &= ~SYNC;
    return false;
  }

  /** As Node: what was taken at once does not count against the mark, however much it was. */
  private takesMore(): boolean {
    const room = this.length < this.highWaterMark || this.length === 0;
    if (!room) this.bits |= NEED_DRAIN;
    return room && this.errored === null && !this.destroyed;
  }

  // ---- handing down -------------------------------------------------------------------------------------------------

  private handDown({ chunk, encoding, callback, size }: WriteRequest): void {
    const { core } = this;
    this.underWay(size, callback);
    this.bits |= SYNC;
    if (this.isDirect) {
      if (core.idleTimer !== null) core.idleTimer.refresh();
      if (writeChunk(core.channel!, chunk, encoding) === WRITE_DONE) this.settle(null);
    } else {
      this.bits |= VIA_WRITE;
      core.duplex._write(chunk, encoding, this.onwrite());
    }
    this.bits &= ~SYNC;
  }

  private handDownAll(requests: readonly WriteRequest[], size: number): void {
    const { core } = this;
    this.pendingcb -= requests.length - 1;
    this.underWay(
      size,
      requests.every(({ callback }) => callback === nop)
        ? nop
        : (error) => {
            for (const { callback } of requests) callback(error);
          },
    );
    this.bits |= SYNC;
    if (this.isDirect) {
      if (core.idleTimer !== null) core.idleTimer.refresh();
      if (writeChunks(core.channel!, requests) === WRITE_DONE) this.settle(null);
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
    this.giveBack(work);
    if (error !== null) {
      this.core.errored ??= error;
      if (sync) this.core.nextTick(failWrite, { side: this, error, callback });
      else this.afterFailedWrite(error, callback);
      return;
    }
    this.clearBuffer();
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
    const work = this.work;
    if (work === null || work.queue === null || this.corked > 0 || this.has(BUFFER_PROCESSING) || this.destroyed) return;
    this.bits |= BUFFER_PROCESSING;
    const { queue } = work;
    try {
      // Handing down can have queued more behind what was here.
      while (work.head < queue.length && work.queue === queue && !this.has(WRITING) && this.handDownNext(queue, work));
    } finally {
      this.bits &= ~BUFFER_PROCESSING;
    }
    if (work.queue !== queue) return;
    if (work.head === queue.length) {
      work.queue = null;
      work.head = 0;
    } else if (work.head * 2 >= queue.length) {
      queue.splice(0, work.head);
      work.head = 0;
    }
  }

  /** Hands down the first that waits, or as many as go together. False when its memory is gone: that is the end of the stream. */
  private handDownNext(queue: readonly WriteRequest[], work: WriteWork): boolean {
    const isDirect = this.isDirect;
    const most = isDirect || typeof this.core.duplex._writev === 'function' ? queue.length : work.head + 1;
    const limit = (isDirect ? this.core.channel!.writevLimit : undefined) ?? Infinity;
    const from = work.head;
    let size = 0;
    let to = from;
    // What comes before something that is gone still leaves.
    while (to < most && outgoingSize(queue[to].chunk) >= queue[to].size && (to === from || size + queue[to].size <= limit)) size += queue[to++].size;
    if (to - from > 1) {
      work.head = to;
      this.handDownAll(queue.slice(from, to).map(requestAsWritten), size);
      return true;
    }
    const request = queue[work.head++];
    if (to > from) {
      this.handDown(requestAsWritten(request));
      return true;
    }
    const error = bytesGone();
    this.length -= request.size;
    this.core.errored = error;
    this.core.nextTick(failWrite, { side: this, error, callback: request.callback });
    return false;
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
    const queue = this.work?.queue ?? [];
    try {
      // A callback can have written more, which hears of it too.
      for (let at = this.work?.head ?? 0; at < queue.length; at++) {
        const { size, callback } = queue[at];
        this.length -= size;
        this.pendingcb--;
        callback(this.errored ?? streamDestroyed('write'));
      }
      this.failFinishCallbacks();
    } finally {
      // Only now: until the last has been told they all count as written.
      this.dropQueue();
    }
  }

  private dropQueue(): void {
    if (this.work === null) return;
    this.work.queue = null;
    this.work.head = 0;
  }

  // ---- borrowed chunks ----------------------------------------------------------------------------------------------

  /** A chunk written now would go to the channel, and nothing of the user's would see it. */
  get takesBorrowed(): boolean {
    return !this.has(DISABLED) && this.fateOf(0, nop) >= GATHER && this.core.channel!.takesShared === true;
  }

  /**
   * As `write` of bytes that `channel` has lent to `side`, which must have asked `takesBorrowed` behind a `flush`: `writing` says afterwards
   * whether they are still needed; `giveBack` tells when they are not.
   */
  writeBorrowed(chunk: Uint8Array, side: ReadSide, channel: Channel): boolean {
    this.pendingcb++;
    if (this.send(chunk, sizeOf(chunk), 'buffer', nop)) return true;
    this.working.lender = { side, channel };
    return this.takesMore();
  }

  private giveBack(work: WriteWork): void {
    const { lender } = work;
    if (lender === null) return;
    work.lender = null;
    lender.side.giveBack(lender.channel);
  }

  /** For a stream that starts over: nothing of the former life is sent in the new one. */
  restart(): void {
    this.flush();
    const { work } = this;
    const callbacks = this.getBuffer().map(({ callback }) => callback);
    if (work !== null && work.callback !== null) callbacks.unshift(work.callback);
    for (const callback of callbacks) this.core.nextTick(callback, streamDestroyed('write'));
    this.bits &= ~(WRITING | SYNC | BUFFER_PROCESSING);
    this.length = 0;
    this.pendingcb -= callbacks.length + (this.core.finalCallback === null ? 0 : 1);
    if (work === null) return;
    work.callback = null;
    work.writing = 0;
    work.taken = null;
    work.deferred = null;
    this.dropQueue();
    this.giveBack(work);
    this.loseGather();
  }
}

/** It must be there still. */
function requestAsWritten(request: WriteRequest): WriteRequest {
  const chunk = asWritten(request.chunk, request.size)!;
  return chunk === request.chunk ? request : { ...request, chunk };
}

function failWrite(failed: { side: WriteQueue; error: Error; callback: WriteCallback }): void {
  failed.side.afterFailedWrite(failed.error, failed.callback);
}
