import { streamDestroyed, writeCanceled } from '../base/errors.js';
import { awaitChannel, emitClosed } from '../base/symbols.js';
import { WRITE_DONE, type Borrowing, type Channel, type ChannelSink } from '../contract/channel.js';
import type { Engine, IdleTimer } from '../contract/engine.js';
import type { Outgoing, Pending, Stream, WriteCallback } from '../contract/stream.js';
import { onBorrowed, onData, onEnd, wantsBorrowed } from '../read/from-channel.js';
import { reopenReading, type ReadSide } from '../read/read-side.js';
import type { Turn } from '../flushing/turn.js';
import { reopenWriting } from '../write/finishing.js';
import { bytesOf, keepBack, writeChunks } from '../write/outgoing.js';
import type { WriteSide } from '../write/write-side.js';
import {
  ABORT, AUTO_DESTROY, CLOSE_EMITTED, CLOSED, DESTROYED, EMIT_CLOSE, ERROR_EMITTED, FAILED, GONE, LifeState,
} from './life-state.js';
import { SupersededSink } from './superseded-sink.js';
import { Transition, type Ending } from './transition.js';

/**
 * What the two sides of a stream share: the channel below, the Duplex above, how the stream lives and dies. It is also
 * the sink that the channel reports to. It is an object of its own so that users' subclasses of Duplex can name their members as
 * they like.
 */
export class StreamEngine extends LifeState implements Engine, ChannelSink {
  /** The stream above. */
  readonly duplex: Stream;
  /** Where deferred work goes. */
  readonly turn: Turn;
  /** The side that reads. */
  declare readSide: ReadSide;
  /** The side that writes. */
  declare writeSide: WriteSide;
  /** The channel below; null before `attach`, and when it was given up. */
  channel: Channel | null = null;
  /** A timer that every byte starts again; null where there is none. */
  idleTimer: IdleTimer | null = null;
  /** Null until it is first needed. */
  private transition: Transition | null = null;

  constructor(duplex: Stream, turn: Turn, autoDestroy: boolean, emitClose: boolean) {
    super(autoDestroy, emitClose);
    this.duplex = duplex;
    this.turn = turn;
  }

  private get passing(): Transition { return (this.transition ??= new Transition()); }

  /** The same object until the stream starts over. */
  get life(): object { return this.passing; }

  /** The channel of a destroyed stream has not reported `onClose` yet. */
  get releasing(): boolean { return this.transition !== null && this.transition.closing !== null; }

  get isFinishing(): boolean { return this.transition !== null && this.transition.finalCallback !== null; }

  /** Runs a task after the code that runs now, by the clock of the stream. */
  nextTick<A>(task: (argument: A) => void, argument: A): void {
    this.turn.nextTick(task, argument);
  }

  /** The stream has a channel from now on. What was written before is sent; reading starts if it was asked for. */
  attach(channel: Channel): void {
    this.channel = channel;
    channel.sink = this;
    this.readSide.onAttach();
    if (this.destroyed) {
      this.release();
      return;
    }
    this.takePending()?.proceed();
    if (this.readSide.awaitsChannel) this.readSide.startChannel();
  }

  /** Keeps what found no channel until `attach`, or until the stream ends. */
  keepPending(pending: Pending): void {
    this.passing.pending = pending;
  }

  private takePending(): Pending | null {
    const { transition } = this;
    if (transition === null) return null;
    const { pending } = transition;
    transition.pending = null;
    return pending;
  }

  /** Lets go of the channel without closing it. */
  detach(): Channel | null {
    const { channel } = this;
    if (channel !== null) {
      this.writeSide.flush();
      this.writeSide.lose();
      channel.sink = null;
      this.channel = null;
      this.readSide.onAttach();
    }
    return channel;
  }

  /** What came through `_write` or `_writev`: to the channel, or, while there is none, to `resume` once there is. */
  writeThrough(
    requests: readonly Outgoing[], callback: WriteCallback,
    resume = (left: readonly Outgoing[], then: WriteCallback): void => this.writeThrough(left, then),
  ): void {
    const { channel } = this;
    if (channel === null) {
      this.duplex[awaitChannel]({ proceed: keepBack(requests, callback, resume), cancel: callback });
      return;
    }
    // What a user's own `_write` gives to ours was not checked yet.
    const checked = requests.map(({ chunk, encoding }) => ({ chunk: typeof chunk === 'string' ? chunk : bytesOf(chunk), encoding }));
    if (this.idleTimer !== null) this.idleTimer.refresh();
    this.passing.passedOn = callback;
    if (writeChunks(channel, checked) === WRITE_DONE) this.settleWrite(null);
  }

  /** Ends the writing direction of the channel; while there is none, `_final` is called again once there is. */
  shutdown(callback: WriteCallback): void {
    const { channel, duplex } = this;
    if (channel === null) {
      duplex[awaitChannel]({ proceed: () => duplex._final(callback), cancel: null });
      return;
    }
    this.passing.finalCallback = callback;
    channel.shutdown();
  }

  private settleWrite(error: Error | null): void {
    const { transition } = this;
    const callback = transition === null ? null : transition.passedOn;
    if (callback === null) {
      this.writeSide.settle(error);
      return;
    }
    transition!.passedOn = null;
    callback(error);
  }

  // ---- ChannelSink --------------------------------------------------------------------------------------------------

  onData(chunk: Uint8Array): void {
    const isOutermost = this.turn.beginReading(this);
    try {
      onData(this.readSide, chunk);
    } finally {
      if (isOutermost) this.turn.endReading();
    }
  }

  get wantsBorrowed(): Borrowing {
    return wantsBorrowed(this.readSide);
  }

  onBorrowed(chunk: Uint8Array): boolean {
    const isOutermost = this.turn.beginReading(this);
    try {
      return onBorrowed(this.readSide, chunk);
    } finally {
      if (isOutermost) this.turn.endReading();
    }
  }

  onEnd(): void {
    onEnd(this.readSide);
  }

  onWriteDone(): void {
    if (this.idleTimer !== null) this.idleTimer.refresh();
    this.settleWrite(null);
  }

  onShutdownDone(): void {
    const { transition } = this;
    const callback = transition === null ? null : transition.finalCallback;
    if (callback === null) return;
    transition!.finalCallback = null;
    callback(null);
  }

  onClose(error: Error | null): void {
    const { channel, transition } = this;
    const isExpected = this.releasing;
    this.channel = null;
    if (transition !== null) transition.closing = null;
    this.writeSide.flush();
    if (this.isFinishing) {
      transition!.finalCallback = null;
      this.writeSide.pendingcb -= 1;
    }
    if (channel !== null && (error as { syscall?: string } | null)?.syscall === 'read' && this.writes) {
      // As with node:net: the callback of the write that was under way comes after the 'error', and 'close' waits for that.
      this.passing.closing = channel;
      this.duplex.destroy(error);
      this.nextTick(settleLost, { engine: this, channel });
      return;
    }
    try {
      // Not settled when the channel went: the bytes count as lost.
      if (this.writes) this.settleWrite(error ?? writeCanceled());
    } finally {
      // Also when a callback throws: this is the channel's last report.
      if (isExpected) this.emitCloseWhenDue();
      else this.duplex.destroy(error);
    }
  }

  /** The channel has a write under way. */
  private get writes(): boolean {
    return this.writeSide.writing && ((this.transition?.passedOn ?? null) !== null || !this.writeSide.viaWrite);
  }

  /** @internal */
  settleLost(channel: Channel): void {
    // Not when the stream has started over meanwhile: then a superseded sink takes the report.
    if (this.transition?.closing === channel) this.onClose(null);
    else channel.sink?.onClose(null);
  }

  // ---- life and death -----------------------------------------------------------------------------------------------

  /** An error of the stream itself: it ends the stream, or, without autoDestroy, is only reported; `now`, or after this tick. */
  fail(error: Error, now = false): void {
    if (this.destroyed) return;
    if (this.autoDestroy) {
      this.duplex.destroy(error);
      return;
    }
    this.errored ??= error;
    if (now) this.emitError(error);
    else this.nextTick(emitErrorLater, { engine: this, error });
  }

  /** Destroys the stream, as `Duplex.destroy` does. */
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
    let isDone = false;
    const done = (failure?: Error | null): void => {
      if (isDone) return;
      isDone = true;
      if (failure) this.noteError(failure);
      this.bits |= CLOSED;
      if (typeof callback === 'function') callback(failure);
      const ending = { engine: this, error: failure ?? null, superseded: false };
      this.passing.ending = ending;
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
    this.passing.closing = channel;
    if (this.has(ABORT)) channel.abort();
    else channel.close();
  }

  /** From now on `release` resets the channel. */
  abortOnRelease(): void {
    this.bits |= ABORT;
  }

  /** For a stream that starts over: `net.Socket` can connect again after it closed. */
  restart(): void {
    const { ending = null, closing = null } = this.transition ?? {};
    if (ending !== null) ending.superseded = true;
    // As with node:net, a 'close' that was still to come does come; nothing else of the old channel becomes an event.
    if (closing !== null) closing.sink = new SupersededSink(this.duplex, this.has(FAILED));
    else if (ending !== null) this.nextTick(emitSupersededClose, new SupersededSink(this.duplex, this.has(FAILED)));
    this.writeSide.restart();
    this.transition = null;
    this.reopen();
  }

  /** For a stream that is about to get a channel: an end or an error from before is forgotten, as with node:net. */
  reopen(): void {
    this.bits &= AUTO_DESTROY | EMIT_CLOSE;
    this.errored = null;
    reopenReading(this.readSide);
    reopenWriting(this.writeSide);
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
    // As with node:net, 'close' depends neither on a listener for 'error', nor on what a callback throws.
    try {
      if (ending.error !== null) this.emitError(ending.error);
    } finally {
      // As with node:net this marks a stream that has started over, too: that ends and finishes without events.
      this.bits |= CLOSE_EMITTED;
      // The listener of 'error' may have started it over just now.
      if (!ending.superseded) this.emitClosing();
    }
  }

  private emitClosing(): void {
    this.transition!.ending = null;
    try {
      this.cancelPending();
    } finally {
      this.emitCloseWhenDue();
    }
  }

  /** The stream ended before it had a channel. */
  private cancelPending(): void {
    const cancel = this.takePending()?.cancel ?? null;
    if (cancel === null) return;
    const { errored } = this;
    cancel(errored ?? streamDestroyed('write'));
    // What was lost is the write's own business: the stream was not destroyed with an error.
    this.errored = errored;
  }

  private emitCloseWhenDue(): void {
    if (this.releasing || this.has(GONE) || !this.has(CLOSE_EMITTED)) return;
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

function settleLost(lost: { engine: StreamEngine; channel: Channel }): void { lost.engine.settleLost(lost.channel); }
function emitErrorLater(failed: { engine: StreamEngine; error: Error }): void { failed.engine.emitErrorLater(failed.error); }
function emitEnding(ending: Ending & { engine: StreamEngine }): void { ending.engine.emitEnding(ending); }
function emitSupersededClose(sink: SupersededSink): void { sink.onClose(); }
function failQueued(side: WriteSide): void { side.failQueued(); }
function endWritable({ duplex }: StreamEngine): void {
  if (duplex.writable && !duplex.writableEnded && !duplex.destroyed) duplex.end();
}
