import { aborted, readerTimeout } from '../byte-reader/errors.js';
import type { Request } from './requests.js';

/** How long a read may wait. */
export interface WaitOptions {
  /** Milliseconds that it may wait, by the global `setTimeout`; then it rejects with ERR_READER_TIMEOUT. */
  timeout?: number | undefined;
  /** Aborting it rejects with an AbortError. */
  signal?: SignalLike | undefined;
}

/** What is used of an AbortSignal. */
export interface SignalLike {
  /** Whether it has aborted. */
  readonly aborted: boolean;
  /** Why. */
  readonly reason?: unknown;
  /** Adds a listener of 'abort'. */
  addEventListener(type: 'abort', listener: () => void): void;
  /** Removes a listener of 'abort'. */
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** When a read is given up. */
export interface Patience {
  /** There is neither a timeout nor a signal. */
  readonly isEndless: boolean;
  readonly timeout: number;
  readonly signals: readonly SignalLike[];
}

/** Where reads wait. */
export interface WaitingRoom {
  /** A read waits no longer. */
  giveUp(waiting: Waiting, error: Error): void;
}

/** A read that waits, in a list of those that do. */
export class Waiting {
  next: Waiting | null = null;
  previous: Waiting | null = null;
  readonly request: Request<unknown>;
  readonly #shape: (found: unknown) => unknown;
  readonly #resolve: (result: unknown) => void;
  readonly #reject: (error: unknown) => void;
  /** Ends what would make it wait no longer. */
  readonly #leave: (() => void) | null;

  constructor(
    request: Request<unknown>, shape: (found: unknown) => unknown, patience: Patience, room: WaitingRoom,
    resolve: (result: unknown) => void, reject: (error: unknown) => void,
  ) {
    this.request = request;
    this.#shape = shape;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#leave = patience.isEndless ? null : watch(this, patience, room);
  }

  found(found: unknown): void {
    this.#leave?.();
    this.#resolve(this.#shape(found));
  }

  failed(error: unknown): void {
    this.#leave?.();
    this.#reject(error);
  }
}

/** Reads in the sequence in which they are answered. */
export class WaitingList {
  first: Waiting | null = null;
  #last: Waiting | null = null;

  add(waiting: Waiting): void {
    waiting.previous = this.#last;
    if (this.#last === null) this.first = waiting;
    else this.#last.next = waiting;
    this.#last = waiting;
  }

  remove(waiting: Waiting): void {
    const { next, previous } = waiting;
    if (previous === null) this.first = next;
    else previous.next = next;
    if (next === null) this.#last = previous;
    else next.previous = previous;
  }
}

/** Has a read given up when its time is over or a signal is aborted; returns what ends that. */
function watch(waiting: Waiting, { timeout, signals }: Patience, room: WaitingRoom): () => void {
  const abort = (): void => { room.giveUp(waiting, aborted(signals.find((signal) => signal.aborted)!)); };
  const timer = timeout === Infinity ? undefined : setTimeout(() => { room.giveUp(waiting, readerTimeout(timeout)); }, timeout);
  for (const signal of signals) signal.addEventListener('abort', abort);
  return () => {
    if (timer !== undefined) clearTimeout(timer);
    for (const signal of signals) signal.removeEventListener('abort', abort);
  };
}
