import { alreadyFinished, multipleCallback, streamDestroyed } from './errors.js';
import { WriteQueue } from './write-queue.js';
import { DISABLED, ENDED, ENDING, FINAL_CALLED, FINISHED, NO_FINAL, PREFINISHED, SYNC, WRITING, type WriteCallback } from './write-state.js';

const NONE: readonly WriteCallback[] = [];

/** The writing half of a Duplex: what `WriteQueue` does, and how it ends. */
export class WriteSide extends WriteQueue {
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
    error ??= this.endNow();
    if (typeof callback === 'function') this.callWhenFinished(callback as WriteCallback, error ?? this.errored);
  }

  /** The error where there is nothing left to end. */
  private endNow(): Error | null {
    if (this.errored === null && !this.has(ENDING)) {
      this.bits |= ENDING;
      this.finishMaybe();
      this.bits |= ENDED;
      return null;
    }
    if (this.has(FINISHED)) return alreadyFinished('end');
    return this.destroyed ? streamDestroyed('end') : null;
  }

  private callWhenFinished(callback: WriteCallback, error: Error | null): void {
    if (error !== null) this.core.nextTick(callback, error);
    else if (this.has(FINISHED)) this.core.nextTick(callback, null);
    else (this.working.finishCallbacks ??= []).push(callback);
  }

  private needFinish(): boolean {
    return (
      this.has(ENDING) && !this.has(FINISHED | WRITING) && !this.destroyed && this.length === 0 && this.errored === null &&
      this.bufferedRequestCount === 0 && !this.errorEmitted && !this.closeEmitted
    );
  }

  protected finishMaybe(): void {
    if (!this.needFinish()) return;
    this.flush();
    if (!this.needFinish()) return;
    this.prefinish();
    if (this.pendingcb > 0) return;
    this.pendingcb++;
    this.core.nextTick(finishLater, this);
  }

  private prefinish(): void {
    if (this.has(PREFINISHED | FINAL_CALLED)) return;
    const { channel, duplex } = this.core;
    // As Node's streams that have no `_final`.
    if (typeof duplex._final !== 'function' || (channel === null && this.has(NO_FINAL))) {
      this.bits |= FINAL_CALLED | PREFINISHED;
      duplex.emit('prefinish');
      return;
    }
    this.bits |= FINAL_CALLED | SYNC;
    this.pendingcb++;
    const done = (error?: Error | null): void => {
      this.afterFinal(error ?? null);
    };
    try {
      duplex._final(done);
    } catch (error) {
      done(error as Error);
    }
    this.bits &= ~SYNC;
  }

  private afterFinal(error: Error | null): void {
    if (this.has(PREFINISHED)) {
      this.core.fail(error ?? multipleCallback(), true);
      return;
    }
    this.pendingcb--;
    if (error !== null) {
      for (const callback of this.takeFinishCallbacks()) callback(error);
      this.core.fail(error, !this.has(SYNC));
    } else if (this.needFinish()) {
      this.bits |= PREFINISHED;
      this.core.duplex.emit('prefinish');
      this.pendingcb++;
      this.core.nextTick(finishNow, this);
    }
  }

  /** @internal */
  finishLater(): void {
    if (this.needFinish()) this.finishNowOrLater();
    else this.pendingcb--;
  }

  /** @internal As with node:net, also when the stream has started over meanwhile. */
  finishNow(): void {
    this.finishNowOrLater();
  }

  private finishNowOrLater(): void {
    this.pendingcb--;
    this.bits |= FINISHED;
    for (const callback of this.takeFinishCallbacks()) callback(null);
    this.core.duplex.emit('finish');
    this.core.onWriteFinish();
  }

  private takeFinishCallbacks(): readonly WriteCallback[] {
    const callbacks = this.work?.finishCallbacks ?? null;
    if (callbacks === null) return NONE;
    this.work!.finishCallbacks = null;
    return callbacks;
  }

  protected failFinishCallbacks(): void {
    for (const callback of this.takeFinishCallbacks()) callback(this.errored ?? streamDestroyed('end'));
  }

  /** True while callbacks wait that a destroyed stream must call with an error. */
  get hasWaiting(): boolean {
    return this.bufferedRequestCount > 0 || (this.work?.finishCallbacks ?? null) !== null;
  }

  /** Nothing has ended yet. */
  reopen(): void {
    this.bits &= ~(ENDING | ENDED | FINISHED | FINAL_CALLED | PREFINISHED);
    if (this.has(DISABLED)) this.bits |= ENDING | ENDED | FINISHED;
  }
}

function finishLater(side: WriteSide): void { side.finishLater(); }
function finishNow(side: WriteSide): void { side.finishNow(); }
