import type { Turn } from '../flushing/turn.js';
import type { Channel } from './channel.js';
import type { Stream } from './stream.js';

/** Something whose countdown starts again whenever bytes move; `net.Socket` puts its timeout here. */
export interface IdleTimer {
  /** Starts the countdown again. */
  refresh(): unknown;
}

/** What the two sides of a stream ask of the engine between them. */
export interface Engine {
  readonly duplex: Stream;
  readonly turn: Turn;
  /** Null before `attach` and once the stream is destroyed. */
  readonly channel: Channel | null;
  readonly idleTimer: IdleTimer | null;
  /** `_final` was called, and its FIN is on its way. */
  readonly isFinishing: boolean;
  errored: Error | null;
  destroyed: boolean;
  closed: boolean;
  closeEmitted: boolean;
  errorEmitted: boolean;
  autoDestroy: boolean;
  emitClose: boolean;
  nextTick<A>(task: (argument: A) => void, argument: A): void;
  /** An error of the stream itself: it ends the stream, or, without autoDestroy, is only reported; `now`, or after this tick. */
  fail(error: Error, now?: boolean): void;
  /** 'end' was emitted. */
  onReadEnd(): void;
  /** 'finish' was emitted. */
  onWriteFinish(): void;
}
