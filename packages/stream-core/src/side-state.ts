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
  get destroyed(): boolean { return this.core.destroyed; }
  get closed(): boolean { return this.core.closed; }
  get closeEmitted(): boolean { return this.core.closeEmitted; }
  get errored(): Error | null { return this.core.errored; }
  get errorEmitted(): boolean { return this.core.errorEmitted; }
  get autoDestroy(): boolean { return this.core.autoDestroy; }
  get emitClose(): boolean { return this.core.emitClose; }

  protected has(bits: number): boolean {
    return (this.bits & bits) !== 0;
  }

  protected set(bits: number, on: boolean): void {
    if (on) this.bits |= bits;
    else this.bits &= ~bits;
  }
}
