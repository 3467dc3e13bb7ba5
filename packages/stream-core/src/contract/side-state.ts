import type { Engine } from './engine.js';

/**
 * What both sides of a stream show of its engine, under the names that the ecosystem reads in Node's `_readableState` and `_writableState`.
 */
export abstract class SideState {
  readonly engine: Engine;
  highWaterMark: number;
  /** The state of this side, one bit each: read/read-state.ts, write/write-state.ts. */
  bits: number;

  constructor(engine: Engine, highWaterMark: number, bits: number) {
    this.engine = engine;
    this.highWaterMark = highWaterMark;
    this.bits = bits;
  }

  get objectMode(): boolean { return false; }
  get constructed(): boolean { return true; }
  /** Always so; Node's `_undestroy` sets it. */
  set constructed(_on: boolean) {}
  get destroyed(): boolean { return this.engine.destroyed; }
  set destroyed(on: boolean) { this.engine.destroyed = on; }
  get closed(): boolean { return this.engine.closed; }
  set closed(on: boolean) { this.engine.closed = on; }
  get closeEmitted(): boolean { return this.engine.closeEmitted; }
  set closeEmitted(on: boolean) { this.engine.closeEmitted = on; }
  get errored(): Error | null { return this.engine.errored; }
  set errored(error: Error | null) { this.engine.errored = error; }
  get errorEmitted(): boolean { return this.engine.errorEmitted; }
  set errorEmitted(on: boolean) { this.engine.errorEmitted = on; }
  get autoDestroy(): boolean { return this.engine.autoDestroy; }
  set autoDestroy(on: boolean) { this.engine.autoDestroy = on; }
  get emitClose(): boolean { return this.engine.emitClose; }
  set emitClose(on: boolean) { this.engine.emitClose = on; }

  has(bits: number): boolean {
    return (this.bits & bits) !== 0;
  }

  set(bits: number, on: boolean): void {
    if (on) this.bits |= bits;
    else this.bits &= ~bits;
  }
}
