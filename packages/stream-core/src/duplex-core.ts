import type { Channel, ChannelSink } from './channel.js';
import type { Duplex } from './duplex.js';
import type { NextTick } from './next-tick.js';
import type { ReadSide } from './read-side.js';
import type { WriteCallback, WriteSide } from './write-side.js';

const DESTROYED = 1 << 0;
/** `_destroy` has finished. */
const CLOSED = 1 << 1;
/** 'close' was emitted, or would have been. */
const CLOSE_EMITTED = 1 << 2;
const ERROR_EMITTED = 1 << 3;
const AUTO_DESTROY = 1 << 4;
const EMIT_CLOSE = 1 << 5;
/** The channel still has to report `onClose` before 'close' may be emitted. */
const RELEASING = 1 << 6;
/** The tick in which 'error' comes has passed: 'close' may follow. */
const ERROR_TICK_PASSED = 1 << 7;
/** Destroyed with an error. */
const FAILED = 1 << 8;
/** `destroy` shall reset the channel instead of closing it. */
const ABORT = 1 << 9;

/** Something whose countdown starts again whenever bytes move; `net.Socket` puts its timeout here. */
export interface IdleTimer {
  refresh(): unknown;
}

/** @internal A method that a subclass may replace: everything is released, 'close' is due. */
export const emitClosed = Symbol('netstrata.emitClosed');

/**
 * What the two sides of a Duplex share: the channel below, the Duplex above, how the stream lives and dies. It is also
 * the sink that the channel reports to. It stands apart from the Duplex so that users' subclasses can name their members as
 * they like.
 */
export class DuplexCore implements ChannelSink {
  readonly duplex: Duplex;
  readonly nextTick: NextTick;
  declare readSide: ReadSide;
  declare writeSide: WriteSide;
  /** Null before `attach` and once the stream is destroyed. */
  channel: Channel | null = null;
  idleTimer: IdleTimer | null = null;
  errored: Error | null = null;
  /** What `_final` waits with while the FIN is on its way. */
  finalCallback: WriteCallback | null = null;
  /** A write that came before there was a channel. */
  waitingWrite: (() => void) | null = null;
  #bits: number;

  constructor(duplex: Duplex, nextTick: NextTick, autoDestroy: boolean, emitClose: boolean) {
    this.duplex = duplex;
    this.nextTick = nextTick;
    this.#bits = (autoDestroy ? AUTO_DESTROY : 0) | (emitClose ? EMIT_CLOSE : 0);
  }

  get destroyed(): boolean { return this.#has(DESTROYED); }
  set destroyed(on: boolean) {
    if (on) this.#bits |= DESTROYED;
    else this.#bits &= ~DESTROYED;
  }
  get closed(): boolean { return this.#has(CLOSED); }
  get closeEmitted(): boolean { return this.#has(CLOSE_EMITTED); }
  get errorEmitted(): boolean { return this.#has(ERROR_EMITTED); }
  get autoDestroy(): boolean { return this.#has(AUTO_DESTROY); }
  get emitClose(): boolean { return this.#has(EMIT_CLOSE); }
  /** The channel of a destroyed stream has not reported `onClose` yet. */
  get releasing(): boolean { return this.#has(RELEASING); }

  #has(bits: number): boolean {
    return (this.#bits & bits) !== 0;
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
    const { waitingWrite } = this;
    this.waitingWrite = null;
    waitingWrite?.();
    if (this.finalCallback !== null) channel.shutdown();
    if (this.readSide.needReadable) this.readSide.startChannel();
  }

  /** Lets go of the channel without closing it. */
  detach(): Channel | null {
    const { channel } = this;
    if (channel !== null) {
      this.writeSide.flush();
      channel.sink = null;
      this.channel = null;
      this.readSide.onAttach();
    }
    return channel;
  }

  // ---- ChannelSink --------------------------------------------------------------------------------------------------

  onData(chunk: Uint8Array): void {
    this.readSide.onData(chunk);
  }

  onEnd(): void {
    this.readSide.onEnd();
  }

  onWriteDone(): void {
    if (this.idleTimer !== null) this.idleTimer.refresh();
    this.writeSide.settle(null);
  }

  onShutdownDone(): void {
    const callback = this.finalCallback;
    this.finalCallback = null;
    callback?.(null);
  }

  onClose(error: Error | null): void {
    const expected = this.#has(RELEASING);
    this.channel = null;
    this.#bits &= ~RELEASING;
    if (this.writeSide.writing) this.writeSide.settle(error);
    const callback = this.finalCallback;
    this.finalCallback = null;
    if (callback !== null && !expected) callback(error);
    if (expected) this.#emitCloseWhenDue();
    else this.destroy(error);
  }

  // ---- life and death -----------------------------------------------------------------------------------------------

  /** An error of the stream itself: it ends the stream, or, without autoDestroy, is only told. */
  fail(error: Error): void {
    if (this.destroyed) return;
    if (this.autoDestroy) {
      this.duplex.destroy(error);
      return;
    }
    this.errored ??= error;
    this.nextTick(emitError, this);
  }

  destroy(error: Error | null, callback?: (error: Error | null) => void): void {
    if (this.destroyed) {
      callback?.(null);
      return;
    }
    if (this.writeSide.hasWaiting) this.nextTick(failQueued, this.writeSide);
    this.writeSide.flush();
    if (error !== null) this.#noteError(error);
    this.#bits |= DESTROYED;
    let called = false;
    const done = (late?: Error | null): void => {
      if (called) return;
      called = true;
      if (late != null) this.#noteError(late);
      this.#bits |= CLOSED;
      callback?.(late ?? null);
      this.nextTick(late != null ? emitErrorAndClose : emitCloseOnly, this);
    };
    try {
      this.duplex._destroy(error, done);
    } catch (thrown) {
      done(thrown as Error);
    }
  }

  #noteError(error: Error): void {
    this.#bits |= FAILED;
    this.errored ??= error;
  }

  /** Closes the channel; 'close' waits until it reports that it is gone. */
  release(): void {
    const { channel } = this;
    if (channel === null) return;
    this.channel = null;
    this.#bits |= RELEASING;
    if (this.#has(ABORT)) channel.abort();
    else channel.close();
  }

  /** From now on `release` resets the channel. */
  abortOnRelease(): void {
    this.#bits |= ABORT;
  }

  /** For a stream that starts over: `net.Socket` can connect again after it closed. */
  restart(): void {
    this.#bits &= AUTO_DESTROY | EMIT_CLOSE;
    this.errored = null;
    this.readSide.restart();
    this.writeSide.restart();
  }

  // ---- ticks --------------------------------------------------------------------------------------------------------

  /** @internal */
  emitError(): void {
    this.#bits |= ERROR_TICK_PASSED;
    if (this.#has(ERROR_EMITTED)) return;
    this.#bits |= ERROR_EMITTED;
    this.duplex.emit('error', this.errored);
  }

  /** @internal */
  emitCloseOnly(): void {
    this.#bits |= ERROR_TICK_PASSED;
    this.#emitCloseWhenDue();
  }

  #emitCloseWhenDue(): void {
    if (this.#has(RELEASING | CLOSE_EMITTED) || !this.#has(ERROR_TICK_PASSED)) return;
    this.#bits |= CLOSE_EMITTED;
    this.duplex[emitClosed](this.#has(FAILED));
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

function emitError(core: DuplexCore): void { core.emitError(); }
function emitCloseOnly(core: DuplexCore): void { core.emitCloseOnly(); }
function emitErrorAndClose(core: DuplexCore): void {
  core.emitError();
  core.emitCloseOnly();
}
function failQueued(side: WriteSide): void { side.failQueued(); }
function endWritable(core: DuplexCore): void {
  const { duplex } = core;
  if (duplex.writable && !duplex.writableEnded && !duplex.destroyed) duplex.end();
}
