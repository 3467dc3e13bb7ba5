import { copyOf, encode } from './bytes.js';
import { WRITE_DONE, WRITE_PENDING, type WriteStatus } from './channel.js';
import { Gather, GATHER_CHUNK, SMALL_CHUNK } from './gather.js';
import { answers, hasAnswered } from './reading.js';
import type { Deferred, Taken } from './taken.js';
import { NEED_DRAIN, NO_GATHER, VIA_WRITE, WRITING, WriteState, type WriteCallback } from './write-state.js';

/** So many large writes of a tick leave by themselves. */
const LARGE_FIRST = 4;

/** The callback of who gave none. */
export const nop = (): void => {};

/** The writes of a tick that leave together, and the ticks in which callbacks of writes run that were taken at once. */
export abstract class WriteCoalescing extends WriteState {
  /** 'drain', the callbacks of `count` writes, and what follows from them. */
  protected abstract afterWrite(count: number, callback: WriteCallback): void;

  /** Bytes that are gathered for the end of the tick: written, for all that a caller can tell. */
  get gatheredBytes(): number {
    return this.work?.gather?.bytes ?? 0;
  }

  /** Whether a write that finds the way free waits for the end of the tick: others of this stream have left in it. */
  protected gathers(size: number, callback: WriteCallback): boolean {
    if (!this.follows || this.has(NO_GATHER)) return false;
    return size <= SMALL_CHUNK || (this.isLarge(size, callback) && this.working.large >= LARGE_FIRST);
  }

  /** A write of this tick has left. */
  protected get follows(): boolean {
    return (this.work !== null && this.work.taken !== null) || hasAnswered(this);
  }

  /**
   * A large write that somebody waits for is told of by itself: others must not hold it up, nor be lost with it. And only who writes many
   * gains by gathering them: the first tell how much the channel takes, as they always did.
   */
  protected isLarge(size: number, callback: WriteCallback): boolean {
    return callback === nop && size > SMALL_CHUNK && size <= GATHER_CHUNK;
  }

  /** True when a copy of the chunk was gathered; false where there is no room. */
  protected gatherCopy(chunk: Uint8Array | string, size: number, encoding: string): boolean {
    const gather = (this.working.gather ??= new Gather(this.core.turn));
    if (typeof chunk !== 'string') return gather.add(chunk, size, this);
    if (gather.addText(chunk, encoding, this)) return true;
    const bytes = encode(chunk, encoding);
    return gather.add(bytes, bytes.length, this);
  }

  /** Sends what was gathered in this tick. */
  flush(): void {
    const gather = this.work?.gather ?? null;
    if (gather === null || gather.bytes === 0) return;
    const { channel } = this.core;
    const size = gather.bytes;
    const batch = this.work!.batch++;
    const shared = gather.take();
    const pieces = channel?.takesShared === true ? shared : shared.map(copyOf);
    const deferred: Deferred = { batch, takens: [], error: null };
    let status: WriteStatus = WRITE_PENDING;
    try {
      // Without a channel there is nobody left to tell: as with bytes that a kernel took from a dying connection.
      if (channel === null) status = WRITE_DONE;
      else status = pieces.length === 1 ? channel.write(pieces[0]) : channel.writev(pieces);
    } catch (error) {
      // No channel should. The caller, who may be another stream's, has nothing to do with it.
      deferred.error = error as Error;
    }
    gather.release(status !== WRITE_DONE, this);
    if (status === WRITE_DONE) return;
    this.working.deferred = deferred;
    if (deferred.error !== null) {
      this.loseGather();
      this.core.fail(deferred.error);
      return;
    }
    // They have not all left: from here on it is a write under way like any other.
    this.length += size;
    this.pendingcb++;
    this.underWay(size, (error) => this.settleDeferred(deferred, error ?? null));
  }

  private settleDeferred(deferred: Deferred, error: Error | null): void {
    const work = this.work!;
    const { takens } = deferred;
    if (error !== null) deferred.error = error;
    // A listener of 'drain' can have written as much again: that waits for a settlement of its own.
    else if (work.deferred === deferred) work.deferred = null;
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

  /** The channel took a write at once. */
  protected afterDone(callback: WriteCallback): void {
    // Nobody waits for it, and no other has to be gathered behind it yet: no tick.
    if (callback === nop && !this.has(NEED_DRAIN) && answers(this)) this.pendingcb--;
    else this.notifyTaken(callback, 0);
  }

  protected notifyTaken(callback: WriteCallback, batch: number): void {
    const work = this.working;
    let { taken } = work;
    if (taken !== null && taken.callback === callback && (taken.batch === batch || callback === nop)) {
      taken.count++;
      taken.batch = batch;
    } else {
      taken = { side: this, callback, count: 1, batch, awaited: callback !== nop };
      work.taken = taken;
      this.core.nextTick(afterTaken, taken);
    }
    if (this.destroyed || (this.length === 0 && this.has(NEED_DRAIN))) taken.awaited = true;
  }

  /** @internal */
  afterTaken(taken: Taken): void {
    const work = this.work!;
    if (work.taken === taken) {
      work.taken = null;
      work.large = 0;
    }
    this.flush();
    const { deferred } = work;
    if (deferred === null || deferred.batch !== taken.batch) {
      // Node makes no tick for what nobody waits for: such a one must not speed up what `destroy` will do.
      if (this.destroyed && !taken.awaited) return;
      this.afterWrite(taken.count, taken.callback);
      return;
    }
    deferred.takens.push(taken);
    if (deferred.error !== null) this.settleDeferred(deferred, deferred.error);
  }

  /** What was gathered and is under way will never be settled. */
  loseGather(): void {
    this.work?.gather?.settled(false);
  }

  /** A write was handed down and will be settled. */
  protected underWay(size: number, callback: WriteCallback): void {
    const { working } = this;
    working.writing = size;
    working.callback = callback;
    this.bits = (this.bits | WRITING) & ~VIA_WRITE;
  }
}

function afterTaken(taken: Taken): void { taken.side.afterTaken(taken); }
