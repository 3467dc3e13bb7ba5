import { bytesGone, multipleCallback, nullValues, streamDestroyed, unknownEncoding, writeAfterEnd } from '../base/errors.js';
import { encode, sizeOf, view } from '../bytes/bytes.js';
import { WRITE_DONE, type Channel } from '../contract/channel.js';
import type { Borrower, Lender } from '../contract/lending.js';
import type { WriteCallback } from '../contract/stream.js';
import { isEnding } from '../flushing/process-end.js';
import { Coalescer, nop, type CoalescingSide } from './coalescer.js';
import { beginEnd, failFinishCallbacks, finishMaybe, onFinish } from './finishing.js';
import { GATHER_CHUNK, SMALL_CHUNK } from './gather-memory.js';
import { bytesOf, checkedEncoding, writeChunk, writeChunks } from './outgoing.js';
import { WriteQueue, type WriteRequest } from './write-queue.js';
import {
  BUFFER_PROCESSING, DECODE_STRINGS, DISABLED, ENDING, NEED_DRAIN, NO_GATHER, SYNC, VIA_WRITE, WRITING, WriteState,
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

/** This many large writes of a tick leave separately. */
const LARGE_FIRST = 4;

/**
 * The writing half of a stream: it decides what becomes of each write, hands writes down one at a time and settles them. What waits is in
 * its queue, what leaves at the end of the tick is with its coalescer, how writing ends is in finishing.ts.
 */
export class WriteSide extends WriteState implements CoalescingSide, Borrower {
  // ---- write --------------------------------------------------------------------------------------------------------

  /** Takes a chunk, as `Duplex.write` does. */
  write(data: unknown, encodingOrCallback?: unknown, maybeCallback?: unknown): boolean {
    return this.writeOne(data, encodingOrCallback, maybeCallback) === true;
  }

  /** As `write`; the error where the stream no longer takes writes. */
  private writeOne(data: unknown, encodingOrCallback: unknown, maybeCallback: unknown): boolean | Error {
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
    if (!this.follows || this.has(NO_GATHER)) return SEND;
    if (size <= SMALL_CHUNK) return GATHER;
    return this.isLarge(size, callback) && this.coalescing.large >= LARGE_FIRST ? GATHER : SEND;
  }

  /** Whether what goes down goes to the channel, and not to a `_write`: the user's own, or ours, which waits for a channel. */
  private get isDirect(): boolean {
    return this.engine.channel !== null && !this.custom;
  }

  /** A write of this tick has left. */
  private get follows(): boolean {
    const { work } = this;
    return (work !== null && work.coalescer !== null && work.coalescer.follows) || this.engine.turn.hasAnswered(this);
  }

  /**
   * A large write with a callback leaves separately: others must not hold it up, nor be lost with it. And only a program that writes many
   * gains by coalescing them: the first report how much the channel takes.
   */
  private isLarge(size: number, callback: WriteCallback): boolean {
    return callback === nop && size > SMALL_CHUNK && size <= GATHER_CHUNK;
  }

  private get coalescing(): Coalescer {
    return (this.working.coalescer ??= new Coalescer(this));
  }

  private accept(chunk: Uint8Array | string, encoding: string, callback: WriteCallback): boolean | Error {
    const size = typeof chunk === 'string' ? chunk.length : sizeOf(chunk);
    const { turn } = this.engine;
    if (turn.isLate) turn.flush();
    let fate = this.fateOf(size, callback);
    if (fate === GATHER && this.coalescing.add(chunk, size, encoding)) return this.gathered(callback);
    // What was coalesced leaves before anything else does, and where there is no room for more: then the way may no longer be free.
    if (fate !== REFUSE && this.gatheredBytes > 0) {
      this.flush();
      fate = this.fateOf(size, callback);
      if (fate === GATHER && this.coalescing.add(chunk, size, encoding)) return this.gathered(callback);
    }
    if (fate === REFUSE) return this.refuse(callback);
    this.pendingcb++;
    if (fate === QUEUE) {
      this.length += size;
      (this.working.queue ??= new WriteQueue()).push({ chunk, encoding, callback, size });
    } else if (fate === PASS_ON) {
      this.length += size;
      this.handDown([{ chunk, encoding, callback, size }]);
    } else if (this.send(chunk, size, encoding, callback)) {
      return true;
    }
    return this.takesMore();
  }

  private refuse(callback: WriteCallback): Error {
    const error = this.has(ENDING) ? writeAfterEnd() : streamDestroyed('write');
    this.engine.nextTick(callback, error);
    this.engine.fail(error);
    return error;
  }

  private gathered(callback: WriteCallback): boolean {
    this.pendingcb++;
    const { coalescing } = this;
    coalescing.added(callback);
    // No tick will end any more: nothing may wait for that.
    if (coalescing.isFull || isEnding()) coalescing.flush();
    return this.takesMore();
  }

  /** Straight to the channel. True when it took all of it at once. */
  private send(chunk: Uint8Array | string, size: number, encoding: string, callback: WriteCallback): boolean {
    const { engine } = this;
    if (this.follows && this.isLarge(size, callback)) this.coalescing.large++;
    // Reading has started the timer again already.
    if (engine.idleTimer !== null && !engine.turn.isReading(engine)) engine.idleTimer.refresh();
    if (writeChunk(engine.channel!, chunk, encoding) === WRITE_DONE) {
      this.bits &= ~(SYNC | VIA_WRITE);
      // Without a callback, and where no other has to be coalesced behind it yet: no tick.
      if (callback === nop && !this.has(NEED_DRAIN) && engine.turn.answers(this)) this.pendingcb--;
      else this.coalescing.taken(callback);
      return true;
    }
    this.underWay(size, callback);
    this.length += size;
    this.bits &= ~SYNC;
    return false;
  }

  /** As Node: what was taken at once does not count against the watermark, however much it was. */
  private takesMore(): boolean {
    const hasRoom = this.length < this.highWaterMark || this.length === 0;
    if (!hasRoom) this.bits |= NEED_DRAIN;
    return hasRoom && this.errored === null && !this.destroyed;
  }

  // ---- handing down -------------------------------------------------------------------------------------------------

  underWay(size: number, callback: WriteCallback): void {
    const { working } = this;
    working.size = size;
    working.callback = callback;
    this.bits = (this.bits | WRITING) & ~VIA_WRITE;
  }

  /** One request, or several that go down together, as one write. */
  private handDown(requests: readonly WriteRequest[]): void {
    const { engine } = this;
    this.pendingcb -= requests.length - 1;
    this.underWay(requests.reduce((bytes, { size }) => bytes + size, 0), callbackOf(requests));
    this.bits |= SYNC;
    if (this.isDirect) {
      if (engine.idleTimer !== null) engine.idleTimer.refresh();
      if (writeChunks(engine.channel!, requests) === WRITE_DONE) this.settle(null);
    } else {
      this.bits |= VIA_WRITE;
      // The array is the user's from now on.
      if (requests.length > 1) engine.duplex._writev!([...requests], this.onwrite());
      else engine.duplex._write(requests[0].chunk, requests[0].encoding, this.onwrite());
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
      this.engine.fail(multipleCallback());
      return;
    }
    this.bits &= ~WRITING;
    if (work.coalescer !== null) work.coalescer.settled(error === null);
    work.callback = null;
    this.length -= work.size;
    work.size = 0;
    giveBack(work);
    if (error !== null) {
      this.engine.errored ??= error;
      if (sync) this.engine.nextTick(failWrite, { side: this, error, callback });
      else this.afterFailedWrite(error, callback);
      return;
    }
    this.clearBuffer();
    if (sync) this.coalescing.taken(callback);
    else this.afterWrite(1, callback);
  }

  afterWrite(count: number, callback: WriteCallback): void {
    if (this.length === 0 && this.has(NEED_DRAIN) && !this.has(ENDING) && !this.destroyed) {
      this.bits &= ~NEED_DRAIN;
      this.engine.duplex.emit('drain');
    }
    for (; count > 0; count--) {
      this.pendingcb--;
      callback(null);
    }
    if (this.destroyed) this.failQueued();
    if (this.has(ENDING)) finishMaybe(this);
  }

  /** @internal */
  afterFailedWrite(error: Error, callback: WriteCallback): void {
    this.pendingcb--;
    callback(error);
    this.failQueued();
    this.engine.fail(error, true);
  }

  // ---- the queue ----------------------------------------------------------------------------------------------------

  /** Hands down what has queued. */
  private clearBuffer(): void {
    const { work } = this;
    if (work === null || work.queue === null || this.corked > 0 || this.has(BUFFER_PROCESSING) || this.destroyed) return;
    this.bits |= BUFFER_PROCESSING;
    const { queue } = work;
    try {
      // Handing down can have queued more behind what was here.
      while (queue.length > 0 && work.queue === queue && !this.has(WRITING) && this.handDownNext(queue));
    } finally {
      this.bits &= ~BUFFER_PROCESSING;
    }
    if (work.queue !== queue) return;
    if (queue.length === 0) work.queue = null;
    else queue.compact();
  }

  /** Hands down the first that waits, or as many as go together. False when its memory is gone: that is the end of the stream. */
  private handDownNext(queue: WriteQueue): boolean {
    const { engine, isDirect } = this;
    const most = isDirect || typeof engine.duplex._writev === 'function' ? Infinity : 1;
    const requests = queue.take(most, (isDirect ? engine.channel!.writevLimit : undefined) ?? Infinity);
    if (requests.length > 0) {
      this.handDown(requests);
      return true;
    }
    const { size, callback } = queue.shift();
    const error = bytesGone();
    this.length -= size;
    engine.errored = error;
    engine.nextTick(failWrite, { side: this, error, callback });
    return false;
  }

  /** Holds writes back until `uncork`. */
  cork(): void {
    this.flush();
    this.corked++;
  }

  /** Sends what `cork` has held back, when it was called as often. */
  uncork(): void {
    if (this.corked === 0) return;
    this.corked--;
    this.clearBuffer();
  }

  /** Calls every waiting callback with the error because of which its write will not happen. */
  failQueued(): void {
    if (this.has(WRITING)) return;
    const { work } = this;
    const queue = work === null ? null : work.queue;
    try {
      // A callback can have written more, which fails too. Until the last was called they all count as queued.
      for (const { size, callback } of queue ?? []) {
        this.length -= size;
        this.pendingcb--;
        callback(this.errored ?? streamDestroyed('write'));
      }
      failFinishCallbacks(this);
    } finally {
      if (work !== null) work.queue = null;
    }
  }

  // ---- the end ------------------------------------------------------------------------------------------------------

  /** Ends this side, as `Duplex.end` does. */
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
    let error: Error | null = null;
    if (chunk != null) {
      const result = this.writeOne(chunk, encoding, undefined);
      if (result instanceof Error) error = result;
    }
    if (this.corked > 0) {
      this.corked = 1;
      this.uncork();
    }
    error ??= beginEnd(this);
    if (typeof callback === 'function') onFinish(this, callback as WriteCallback, error ?? this.errored);
  }

  // ---- borrowed chunks ----------------------------------------------------------------------------------------------

  get takesBorrowed(): boolean {
    return !this.has(DISABLED) && this.fateOf(0, nop) >= GATHER && this.engine.channel!.takesShared === true;
  }

  writeBorrowed(chunk: Uint8Array, lender: Lender, channel: Channel): boolean {
    this.pendingcb++;
    if (this.send(chunk, sizeOf(chunk), 'buffer', nop)) return true;
    const { working } = this;
    working.lender = lender;
    working.lendingChannel = channel;
    return this.takesMore();
  }

  // ---- starting over ------------------------------------------------------------------------------------------------

  /** The write under way will never be settled. */
  lose(): void {
    this.work?.coalescer?.lose();
  }

  /** For a stream that starts over: nothing of the former connection is sent on the new one. */
  restart(): void {
    this.flush();
    const { work } = this;
    const callbacks = this.getBuffer().map(({ callback }) => callback);
    if (work !== null && work.callback !== null) callbacks.unshift(work.callback);
    for (const callback of callbacks) this.engine.nextTick(callback, streamDestroyed('write'));
    this.bits &= ~(WRITING | SYNC | BUFFER_PROCESSING);
    this.length = 0;
    this.pendingcb -= callbacks.length + (this.engine.isFinishing ? 1 : 0);
    if (work === null) return;
    work.callback = null;
    work.size = 0;
    work.queue = null;
    giveBack(work);
    work.coalescer?.forget();
  }
}

/** One callback for writes that go down together. */
function callbackOf(requests: readonly WriteRequest[]): WriteCallback {
  if (requests.length === 1) return requests[0].callback;
  if (requests.every(({ callback }) => callback === nop)) return nop;
  return (error) => {
    for (const { callback } of requests) callback(error);
  };
}

function giveBack(work: WriteWork): void {
  const { lender, lendingChannel } = work;
  if (lender === null) return;
  work.lender = null;
  work.lendingChannel = null;
  lender.giveBack(lendingChannel!);
}

function failWrite(failed: { side: WriteSide; error: Error; callback: WriteCallback }): void {
  failed.side.afterFailedWrite(failed.error, failed.callback);
}
