import type { DuplexCore } from './duplex-core.js';

/** What both sides of a Duplex know, under the names that the ecosystem reads in Node's `_readableState` and `_writableState`. */
export abstract class SideState {
  readonly core: DuplexCore;
  highWaterMark: number;
  /** The state of this side, one bit each. */
  protected bits: number;

  constructor(core: DuplexCore, highWaterMark: number, bits: number) {
    this.core = core;
    this.highWaterMark = highWaterMark;
    this.bits = bits;
  }

  get objectMode(): boolean { return false; }
  get constructed(): boolean { return true; }
  /** Always so; Node's `_undestroy` sets it. */
  set constructed(_on: boolean) {}
  get destroyed(): boolean { return this.core.destroyed; }
  set destroyed(on: boolean) { this.core.destroyed = on; }
  get closed(): boolean { return this.core.closed; }
  set closed(on: boolean) { this.core.closed = on; }
  get closeEmitted(): boolean { return this.core.closeEmitted; }
  set closeEmitted(on: boolean) { this.core.closeEmitted = on; }
  get errored(): Error | null { return this.core.errored; }
  set errored(error: Error | null) { this.core.errored = error; }
  get errorEmitted(): boolean { return this.core.errorEmitted; }
  set errorEmitted(on: boolean) { this.core.errorEmitted = on; }
  get autoDestroy(): boolean { return this.core.autoDestroy; }
  set autoDestroy(on: boolean) { this.core.autoDestroy = on; }
  get emitClose(): boolean { return this.core.emitClose; }
  set emitClose(on: boolean) { this.core.emitClose = on; }

  protected has(bits: number): boolean {
    return (this.bits & bits) !== 0;
  }

  protected set(bits: number, on: boolean): void {
    if (on) this.bits |= bits;
    else this.bits &= ~bits;
  }
}
