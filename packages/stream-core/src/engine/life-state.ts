/*
 * The life of a Duplex, one bit each; the accessors below give Node's names for them.
 */
export const DESTROYED = 1 << 0;
/** `_destroy` has finished. */
export const CLOSED = 1 << 1;
/** The tick in which 'error' comes has passed: nothing but 'close' may follow, once the channel is gone. */
export const CLOSE_EMITTED = 1 << 2;
export const ERROR_EMITTED = 1 << 3;
export const AUTO_DESTROY = 1 << 4;
export const EMIT_CLOSE = 1 << 5;
/** 'close' was emitted, or, with `emitClose: false`, would have been. */
export const GONE = 1 << 6;
/** Destroyed with an error. */
export const FAILED = 1 << 7;
/** `destroy` shall reset the channel instead of closing it. */
export const ABORT = 1 << 8;

/** How a Duplex lives and dies, as both of its sides tell it. */
export abstract class LifeState {
  /** What the stream was destroyed with, or null. */
  errored: Error | null = null;
  protected bits: number;

  constructor(autoDestroy: boolean, emitClose: boolean) {
    this.bits = (autoDestroy ? AUTO_DESTROY : 0) | (emitClose ? EMIT_CLOSE : 0);
  }

  /** Whether `destroy` was called. */
  get destroyed(): boolean { return this.has(DESTROYED); }
  set destroyed(on: boolean) { this.set(DESTROYED, on); }
  /** Whether `_destroy` has finished. */
  get closed(): boolean { return this.has(CLOSED); }
  set closed(on: boolean) { this.set(CLOSED, on); }
  /** As Node's `closeEmitted` on a socket, where it comes before the event: the handle is still closing. */
  get closeEmitted(): boolean { return this.has(CLOSE_EMITTED); }
  set closeEmitted(on: boolean) { this.set(CLOSE_EMITTED, on); }
  /** 'close' has been. */
  get gone(): boolean { return this.has(GONE); }
  /** Whether 'error' was emitted. */
  get errorEmitted(): boolean { return this.has(ERROR_EMITTED); }
  set errorEmitted(on: boolean) { this.set(ERROR_EMITTED, on); }
  /** Whether the stream destroys itself when both sides are done, and on errors. */
  get autoDestroy(): boolean { return this.has(AUTO_DESTROY); }
  set autoDestroy(on: boolean) { this.set(AUTO_DESTROY, on); }
  /** Whether 'close' will be emitted. */
  get emitClose(): boolean { return this.has(EMIT_CLOSE); }
  set emitClose(on: boolean) { this.set(EMIT_CLOSE, on); }

  protected has(bits: number): boolean {
    return (this.bits & bits) !== 0;
  }

  protected set(bits: number, on: boolean): void {
    if (on) this.bits |= bits;
    else this.bits &= ~bits;
  }

  /** A socket in JSON is what it is of itself, and no circle. */
  toJSON(): undefined {}

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[StreamEngine]';
  }
}
