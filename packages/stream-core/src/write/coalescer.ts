import { copyOf, encode } from '../bytes/bytes.js';
import { WRITE_DONE, WRITE_PENDING, type WriteStatus } from '../contract/channel.js';
import type { Engine } from '../contract/engine.js';
import type { WriteCallback } from '../contract/stream.js';
import type { Gathering } from '../flushing/gathering.js';
import { GatherMemory } from './gather-memory.js';

/** The callback of a write that was given none. */
export const nop = (): void => {};

/** Callbacks of writes that were taken at once: they run together after the current operation. */
interface DueCallbacks {
  readonly coalescer: Coalescer;
  readonly callback: WriteCallback;
  count: number;
  /** Which batch of coalesced bytes its bytes are in; 0 when they left separately. */
  batch: number;
  /** Someone waits for it: a callback, or 'drain'. */
  awaited: boolean;
}

/** A batch that did not leave at once, and the callbacks that wait for it. */
interface PendingBatch {
  readonly batch: number;
  callbacks: DueCallbacks[];
  /** The bytes were lost: callbacks that are still to come get this. */
  error: Error | null;
}

/** What a coalescer asks of its writing side. */
export interface CoalescingSide extends Gathering {
  readonly engine: Engine;
  length: number;
  pendingcb: number;
  readonly needDrain: boolean;
  readonly destroyed: boolean;
  /** A write was handed down and will be settled. */
  underWay(size: number, callback: WriteCallback): void;
  /** 'drain', the callbacks of `count` writes, and what follows from them. */
  afterWrite(count: number, callback: WriteCallback): void;
}

/** Owns the writes of a tick that leave together, and the ticks in which callbacks of writes run that were taken at once. */
export class Coalescer {
  /** How many large writes have left separately in this tick. */
  large = 0;
  readonly #side: CoalescingSide;
  /** Not null while a write of this tick was taken: those that follow in the tick are coalesced. */
  #due: DueCallbacks | null = null;
  #memory: GatherMemory | null = null;
  /** The number of the batch that is being filled. */
  #batch = 1;
  #pending: PendingBatch | null = null;

  constructor(side: CoalescingSide) {
    this.#side = side;
  }

  /** A write of this tick was taken. */
  get follows(): boolean {
    return this.#due !== null;
  }

  /** Bytes of the batch that is being filled. */
  get bytes(): number {
    return this.#memory === null ? 0 : this.#memory.bytes;
  }

  /** The batch has as much as should leave together. */
  get isFull(): boolean {
    return this.#memory!.isFull;
  }

  /** True when a copy of the chunk was added to the batch; false where there is no room. */
  add(chunk: Uint8Array | string, size: number, encoding: string): boolean {
    const memory = (this.#memory ??= new GatherMemory(this.#side.engine.turn));
    if (typeof chunk !== 'string') return memory.add(chunk, size, this.#side);
    if (memory.addText(chunk, encoding, this.#side)) return true;
    const bytes = encode(chunk, encoding);
    return memory.add(bytes, bytes.length, this.#side);
  }

  /** A write of the batch was accepted. */
  added(callback: WriteCallback): void {
    this.taken(callback, this.#batch);
  }

  /** Sends the batch. */
  flush(): void {
    const memory = this.#memory;
    if (memory === null || memory.bytes === 0) return;
    const side = this.#side;
    const { channel } = side.engine;
    const size = memory.bytes;
    const shared = memory.take();
    const pieces = channel?.takesShared === true ? shared : shared.map(copyOf);
    const pending: PendingBatch = { batch: this.#batch++, callbacks: [], error: null };
    let status: WriteStatus = WRITE_PENDING;
    try {
      // Without a channel there is nothing to report to: as with bytes that a kernel took from a dying connection.
      if (channel === null) status = WRITE_DONE;
      else status = pieces.length === 1 ? channel.write(pieces[0]) : channel.writev(pieces);
    } catch (error) {
      // No channel should. The caller, which may be another stream's, has nothing to do with it.
      pending.error = error as Error;
    }
    memory.release(status !== WRITE_DONE, side);
    if (status === WRITE_DONE) return;
    this.#pending = pending;
    if (pending.error !== null) {
      this.lose();
      side.engine.fail(pending.error);
      return;
    }
    // They have not all left: from here on it is a write under way like any other.
    side.length += size;
    side.pendingcb++;
    side.underWay(size, (error) => this.#settle(pending, error ?? null));
  }

  #settle(pending: PendingBatch, error: Error | null): void {
    const { callbacks } = pending;
    if (error !== null) pending.error = error;
    // A listener of 'drain' can have written as much again: that waits for a settlement of its own.
    else if (this.#pending === pending) this.#pending = null;
    pending.callbacks = [];
    let next = 0;
    try {
      while (next < callbacks.length) {
        const { count, callback } = callbacks[next++];
        this.#side.pendingcb -= count;
        for (let i = 0; i < count; i++) callback(error);
      }
    } finally {
      // After a callback that threw.
      for (const due of callbacks.slice(next)) this.#side.engine.nextTick(runDue, due);
    }
  }

  /** A write was taken, separately (batch 0) or with a batch: its callback runs after the current operation. */
  taken(callback: WriteCallback, batch = 0): void {
    const side = this.#side;
    let due = this.#due;
    if (due !== null && due.callback === callback && (due.batch === batch || callback === nop)) {
      due.count++;
      due.batch = batch;
    } else {
      due = { coalescer: this, callback, count: 1, batch, awaited: callback !== nop };
      this.#due = due;
      side.engine.nextTick(runDue, due);
    }
    if (side.destroyed || (side.length === 0 && side.needDrain)) due.awaited = true;
  }

  /** @internal */
  run(due: DueCallbacks): void {
    const side = this.#side;
    if (this.#due === due) {
      this.#due = null;
      this.large = 0;
    }
    this.flush();
    const pending = this.#pending;
    if (pending === null || pending.batch !== due.batch) {
      // Node makes no tick for a write that nothing waits for: such a one must not speed up what `destroy` will do.
      if (side.destroyed && !due.awaited) return;
      side.afterWrite(due.count, due.callback);
      return;
    }
    pending.callbacks.push(due);
    if (pending.error !== null) this.#settle(pending, pending.error);
  }

  /** The write under way is over: before anything is written from here on. */
  settled(ok: boolean): void {
    if (this.#pending !== null) this.#memory!.settled(ok);
  }

  /** What is under way will never be settled. */
  lose(): void {
    this.#memory?.settled(false);
  }

  /** For a stream that starts over. */
  forget(): void {
    this.#due = null;
    this.#pending = null;
    this.lose();
  }
}

function runDue(due: DueCallbacks): void { due.coalescer.run(due); }
