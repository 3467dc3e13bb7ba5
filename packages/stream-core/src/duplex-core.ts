import { WRITE_DONE, type Borrowing, type Channel, type ChannelSink } from './channel.js';
import { ABORT, AUTO_DESTROY, CLOSE_EMITTED, CLOSED, DESTROYED, EMIT_CLOSE, ERROR_EMITTED, FAILED, GONE, CoreState } from './core-state.js';
import type { Duplex } from './duplex.js';
import { streamDestroyed, writeCanceled } from './errors.js';
import { FormerLife } from './former-life.js';
import { Late, type Ending } from './late.js';
import { beginReading, endReading } from './reading.js';
import type { ReadSide } from './read-side.js';
import { emitClosed } from './symbols.js';
import type { Turn } from './turn.js';
import { bytesOf, keepBack, writeChunk, writeChunks, type Outgoing } from './write-input.js';
import type { WriteSide } from './write-side.js';
import type { WriteCallback } from './write-state.js';

/** Something whose countdown starts again whenever bytes move; `net.Socket` puts its timeout here. */
export interface IdleTimer {
  refresh(): unknown;
}

/**
 * What the two sides of a Duplex share: the channel below, the Duplex above, how the stream lives and dies. It is also
 * the sink that the channel reports to. It stands apart from the Duplex so that users' subclasses can name their members as
 * they like.
 */
export class DuplexCore extends CoreState implements ChannelSink {
  readonly duplex: Duplex;
  readonly turn: Turn;
  declare readSide: ReadSide;
  declare writeSide: WriteSide;
  /** Null before `attach` and once the stream is destroyed. */
  channel: Channel | null = null;
  idleTimer: IdleTimer | null = null;
  /** Null until it is first needed. */
  private late: Late | null = null;

  constructor(duplex: Duplex, turn: Turn, autoDestroy: boolean, emitClose: boolean) {
    super(autoDestroy, emitClose);
    this.duplex = duplex;
    this.turn = turn;
  }

  /** The channel of a destroyed stream has not reported `onClose` yet. */
  get releasing(): boolean { return this.closing !== null; }

  get finalCallback(): WriteCallback | null { return this.late === null ? null : this.late.finalCallback; }
  set finalCallback(callback: WriteCallback | null) { if (callback !== null || this.late !== null) (this.late ??= new Late()).finalCallback = callback; }
  private get closing(): Channel | null { return this.late === null ? null : this.late.closing; }
  private set closing(channel: Channel | null) { if (channel !== null || this.late !== null) (this.late ??= new Late()).closing = channel; }
  private get waitingWrite(): (() => void) | null { return this.late === null ? null : this.late.waitingWrite; }
  private set waitingWrite(write: (() => void) | null) { if (write !== null || this.late !== null) (this.late ??= new Late()).waitingWrite = write; }

  nextTick<A>(task: (argument: A) => void, argument: A): void {
    this.turn.nextTick(task, argument);
  }

  /** The stream stands on a channel from now on. What was written before is sent; reading starts if it was asked for. */
  attach(channel: Channel): void {
    this.channel = channel;
    channel.sink = this;
    this.readSide.onAttach();
    if (this.destroyed) {
      this.release();
      return;
    }
    const { waitingWrite, finalCallback } = this;
    this.waitingWrite = null;
    waitingWrite?.();
    // Callbacks of that write may have destroyed the stream, or ended it.
    if (finalCallback !== null && this.channel === channel) channel.shutdown();
    if (this.readSide.awaitsChannel) this.readSide.startChannel();
  }

  /** Lets go of the channel without closing it. */
  detach(): Channel | null {
    const { channel } = this;
    if (channel !== null) {
      this.writeSide.flush();
      this.writeSide.loseGather();
      channel.sink = null;
      this.channel = null;
      this.readSide.onAttach();
    }
    return channel;
  }

  /** A write that came through `_write`: to the channel, or, while there is none, kept until `attach`. */
  writeThrough(chunk: Uint8Array | string, encoding: string, callback: WriteCallback): void {
    if (this.channel === null) {
      this.writeLater([{ chunk, encoding }], callback);
      return;
    }
    // What a `_write` of the user's own gives to ours was not looked at yet.
    const bytes = typeof chunk === 'string' ? chunk : bytesOf(chunk);
    if (this.idleTimer !== null) this.idleTimer.refresh();
    (this.late ??= new Late()).writeCallback = callback;
    if (writeChunk(this.channel, bytes, encoding) === WRITE_DONE) this.settleWrite(null);
  }

  /** The same for several chunks that came through `_writev`. */
  writeAllThrough(requests: readonly Outgoing[], callback: WriteCallback): void {
    if (requests.length === 1) {
      this.writeThrough(requests[0].chunk, requests[0].encoding, callback);
      return;
    }
    if (this.channel === null) {
      this.writeLater(requests, callback);
      return;
    }
    const all = requests.map(({ chunk, encoding }) => ({ chunk: typeof chunk === 'string' ? chunk : bytesOf(chunk), encoding }));
    if (this.idleTimer !== null) this.idleTimer.refresh();
    (this.late ??= new Late()).writeCallback = callback;
    if (writeChunks(this.channel, all) === WRITE_DONE) this.settleWrite(null);
  }

  private writeLater(requests: readonly Outgoing[], callback: WriteCallback): void {
    this.waitingWrite = keepBack(requests, callback, (left, then) => this.writeAllThrough(left, then));
  }

  private settleWrite(error: Error | null): void {
    const { late } = this;
    const callback = late === null ? null : late.writeCallback;
    if (callback === null) {
      this.writeSide.settle(error);
      return;
    }
    late!.writeCallback = null;
    callback(error);
  }

  // ---- ChannelSink --------------------------------------------------------------------------------------------------

  onData(chunk: Uint8Array): void {
    const outermost = beginReading(this);
    try {
      this.readSide.onData(chunk);
    } finally {
      if (outermost) endReading();
    }
  }

  get wantsBorrowed(): Borrowing {
    return this.readSide.wantsBorrowed;
  }

  onBorrowed(chunk: Uint8Array): boolean {
    const outermost = beginReading(this);
    try {
      return this.readSide.onBorrowed(chunk);
    } finally {
      if (outermost) endReading();
    }
  }

  onEnd(): void {
    this.readSide.onEnd();
  }

  onWriteDone(): void {
    if (this.idleTimer !== null) this.idleTimer.refresh();
    this.settleWrite(null);
  }

  onShutdownDone(): void {
    const callback = this.finalCallback;
    this.finalCallback = null;
    callback?.(null);
  }

  onClose(error: Error | null): void {
    const { channel } = this;
    const expected = this.closing !== null;
    this.channel = null;
    this.closing = null;
    this.writeSide.flush();
    this.finalCallback = null;
    if (channel !== null && (error as { syscall?: string } | null)?.syscall === 'read' && this.writes) {
      // As with node:net: the write that was under way hears of it behind the 'error', and 'close' waits for that.
      this.closing = channel;
      this.duplex.destroy(error);
      this.nextTick(settleLost, { core: this, channel });
      return;
    }
    try {
      // Not done when the channel went: for all that anybody knows the bytes are lost.
      if (this.writes) this.settleWrite(error ?? writeCanceled());
    } finally {
      // Also when a callback throws: nothing else will be heard of this channel.
      if (expected) this.emitCloseWhenDue();
      else this.duplex.destroy(error);
    }
  }

  /** The channel has a write under way. */
  private get writes(): boolean {
    return this.writeSide.writing && ((this.late?.writeCallback ?? null) !== null || !this.writeSide.viaWrite);
  }

  /** @internal */
  settleLost(channel: Channel): void {
    // Not when the stream has started over meanwhile: its former life hears of the end.
    if (this.closing === channel) this.onClose(null);
    else channel.sink?.onClose(null);
  }

  // ---- life and death -----------------------------------------------------------------------------------------------

  /** An error of the stream itself: it ends the stream, or, without autoDestroy, is only told; `now`, or after this tick. */
  fail(error: Error, now = false): void {
    if (this.destroyed) return;
    if (this.autoDestroy) {
      this.duplex.destroy(error);
      return;
    }
    this.errored ??= error;
    if (now) this.emitError(error);
    else this.nextTick(emitErrorLater, { core: this, error });
  }

  destroy(error: Error | null, callback?: (error?: Error | null) => void): void {
    if (!this.destroyed) {
      if (this.writeSide.hasWaiting) this.nextTick(failQueued, this.writeSide);
      // Which destroys it where the channel throws.
      this.writeSide.flush();
    }
    if (this.destroyed) {
      if (typeof callback === 'function') callback();
      return;
    }
    if (error !== null) this.noteError(error);
    this.bits |= DESTROYED;
    let called = false;
    const done = (late?: Error | null): void => {
      if (called) return;
      called = true;
      if (late) this.noteError(late);
      this.bits |= CLOSED;
      if (typeof callback === 'function') callback(late);
      const ending: Ending = { core: this, error: late ?? null, superseded: false };
      (this.late ??= new Late()).ending = ending;
      this.nextTick(emitEnding, ending);
    };
    try {
      this.duplex._destroy(error, done);
    } catch (thrown) {
      done(thrown as Error);
    }
  }

  private noteError(error: Error): void {
    this.bits |= FAILED;
    this.errored ??= error;
  }

  /** Closes the channel; 'close' waits until it reports that it is gone. */
  release(): void {
    const { channel } = this;
    if (channel === null) return;
    this.channel = null;
    this.closing = channel;
    if (this.has(ABORT)) channel.abort();
    else channel.close();
  }

  /** From now on `release` resets the channel. */
  abortOnRelease(): void {
    this.bits |= ABORT;
  }

  /** For a stream that starts over: `net.Socket` can connect again after it closed. */
  restart(): void {
    const ending = this.late?.ending ?? null;
    if (ending !== null) ending.superseded = true;
    // As with node:net, a 'close' that was still to come does come; nothing else of the old channel reaches the new life.
    if (this.closing !== null) this.closing.sink = new FormerLife(this.duplex, this.has(FAILED));
    else if (ending !== null) this.nextTick(emitFormerClose, new FormerLife(this.duplex, this.has(FAILED)));
    this.writeSide.restart();
    this.late = null;
    this.reopen();
  }

  /** For a stream that is about to get a channel: an end or an error from before is forgotten, as with node:net. */
  reopen(): void {
    this.bits &= AUTO_DESTROY | EMIT_CLOSE;
    this.errored = null;
    this.readSide.reopen();
    this.writeSide.reopen();
  }

  // ---- ticks --------------------------------------------------------------------------------------------------------

  /** @internal */
  emitErrorLater(error: Error): void {
    this.emitError(error);
  }

  private emitError(error: Error): void {
    if (this.has(ERROR_EMITTED)) return;
    this.bits |= ERROR_EMITTED;
    this.duplex.emit('error', error);
  }

  /** @internal */
  emitEnding(ending: Ending): void {
    if (ending.superseded) {
      // As with node:net, the new life is marked by it: it ends and finishes without a word.
      if (ending.error !== null) this.emitError(ending.error);
      this.bits |= CLOSE_EMITTED;
      return;
    }
    this.late!.ending = null;
    // As with node:net, 'close' does not depend on anybody hearing the 'error', nor on what a callback throws.
    try {
      if (ending.error !== null) this.emitError(ending.error);
    } finally {
      this.bits |= CLOSE_EMITTED;
      try {
        if (this.waitingWrite !== null) this.dropWaitingWrite();
      } finally {
        this.emitCloseWhenDue();
      }
    }
  }

  /** The stream died before it had a channel. */
  private dropWaitingWrite(): void {
    const { errored } = this;
    this.waitingWrite = null;
    this.writeSide.settle(errored ?? streamDestroyed('write'));
    // What was lost is the write's own business: the stream was not destroyed with an error.
    this.errored = errored;
  }

  private emitCloseWhenDue(): void {
    if (this.closing !== null || this.has(GONE) || !this.has(CLOSE_EMITTED)) return;
    this.bits |= GONE;
    this.duplex[emitClosed](this.has(FAILED));
  }

  /** The peer's end was emitted: a stream that is not half-open ends too, one that has finished is done. */
  onReadEnd(): void {
    const { duplex } = this;
    if (duplex.writable && !duplex.allowHalfOpen) this.nextTick(endWritable, this);
    else if (this.autoDestroy && (this.writeSide.finished || !this.writeSide.writable)) duplex.destroy();
  }

  onWriteFinish(): void {
    if (this.autoDestroy && (this.readSide.endEmitted || !this.readSide.readable)) this.duplex.destroy();
  }
}

function settleLost(lost: { core: DuplexCore; channel: Channel }): void { lost.core.settleLost(lost.channel); }
function emitErrorLater(failed: { core: DuplexCore; error: Error }): void { failed.core.emitErrorLater(failed.error); }
function emitEnding(ending: Ending): void { ending.core.emitEnding(ending); }
function emitFormerClose(life: FormerLife): void { life.onClose(); }
function failQueued(side: WriteSide): void { side.failQueued(); }
function endWritable(core: DuplexCore): void {
  const { duplex } = core;
  if (duplex.writable && !duplex.writableEnded && !duplex.destroyed) duplex.end();
}
