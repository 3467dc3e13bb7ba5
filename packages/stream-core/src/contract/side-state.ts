import type { Engine } from './engine.js';

/**
 * What both sides of a stream show of its engine, under the names that the ecosystem reads in Node's `_readableState` and `_writableState`.
 */
export abstract class SideState {
  /** The engine that both sides share. */
  readonly engine: Engine;
  /** Bytes that may wait before backpressure sets in. */
  highWaterMark: number;
  /** The state of this side, one bit each: read/read-state.ts, write/write-state.ts. */
  bits: number;

  constructor(engine: Engine, highWaterMark: number, bits: number) {
    this.engine = engine;
    this.highWaterMark = highWaterMark;
    this.bits = bits;
  }

  /** Always false: chunks are bytes or text. */
  get objectMode(): boolean { return false; }
  /** Always true: nothing is constructed later. */
  get constructed(): boolean { return true; }
  /** Always so; Node's `_undestroy` sets it. */
  set constructed(_on: boolean) {}
  /** Whether `destroy` was called. */
  get destroyed(): boolean { return this.engine.destroyed; }
  set destroyed(on: boolean) { this.engine.destroyed = on; }
  /** Whether `_destroy` has finished. */
  get closed(): boolean { return this.engine.closed; }
  set closed(on: boolean) { this.engine.closed = on; }
  /** Whether nothing but 'close' may follow. */
  get closeEmitted(): boolean { return this.engine.closeEmitted; }
  set closeEmitted(on: boolean) { this.engine.closeEmitted = on; }
  /** What the stream was destroyed with, or null. */
  get errored(): Error | null { return this.engine.errored; }
  set errored(error: Error | null) { this.engine.errored = error; }
  /** Whether 'error' was emitted. */
  get errorEmitted(): boolean { return this.engine.errorEmitted; }
  set errorEmitted(on: boolean) { this.engine.errorEmitted = on; }
  /** Whether the stream destroys itself when both sides are done, and on errors. */
  get autoDestroy(): boolean { return this.engine.autoDestroy; }
  set autoDestroy(on: boolean) { this.engine.autoDestroy = on; }
  /** Whether 'close' will be emitted. */
  get emitClose(): boolean { return this.engine.emitClose; }
  set emitClose(on: boolean) { this.engine.emitClose = on; }

  /** Whether one of these bits of the state is on. */
  has(bits: number): boolean {
    return (this.bits & bits) !== 0;
  }

  /** Turns bits of the state on or off. */
  set(bits: number, on: boolean): void {
    if (on) this.bits |= bits;
    else this.bits &= ~bits;
  }
}
