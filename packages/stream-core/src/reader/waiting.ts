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
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** When a read is given up. */
export interface Patience {
  readonly timeout: number;
  readonly signals: readonly SignalLike[];
}

/** A read that waits, with what makes it wait no longer. */
export class Waiting<T, R> {
  readonly request: Request<T>;
  readonly #shape: (found: T | null) => R;
  readonly #resolve: (result: R) => void;
  readonly #reject: (error: unknown) => void;
  readonly #patience: Patience;
  readonly #abort: (() => void) | null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    request: Request<T>, shape: (found: T | null) => R, patience: Patience, giveUp: (waiting: Waiting<T, R>, error: Error) => void,
    resolve: (result: R) => void, reject: (error: unknown) => void,
  ) {
    this.request = request;
    this.#shape = shape;
    this.#patience = patience;
    this.#resolve = resolve;
    this.#reject = reject;
    const { timeout, signals } = patience;
    if (timeout !== Infinity) this.#timer = setTimeout(() => { giveUp(this, readerTimeout(timeout)); }, timeout);
    this.#abort = signals.length === 0 ? null : () => { giveUp(this, aborted(signals.find((signal) => signal.aborted)!)); };
    if (this.#abort !== null) for (const signal of signals) signal.addEventListener('abort', this.#abort);
  }

  found(found: T | null): void {
    this.#leave();
    this.#resolve(this.#shape(found));
  }

  failed(error: unknown): void {
    this.#leave();
    this.#reject(error);
  }

  #leave(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    if (this.#abort !== null) for (const signal of this.#patience.signals) signal.removeEventListener('abort', this.#abort);
  }
}
