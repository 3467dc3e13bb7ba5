import type { AnyListener } from '../base/emitter.js';
import { optionOf } from '../base/options.js';
import { runtimeProcess } from '../base/process.js';
import { defaultMethods, engine } from '../base/symbols.js';
import type { Borrower } from '../contract/lending.js';
import type { Stream } from '../contract/stream.js';
import type { StreamEngine } from '../engine/stream-engine.js';
import type { PipeDestination, ReadState } from '../read/read-state.js';

/** Anything that takes a pipe: a Duplex of ours, or any writable stream of Node's kind. */
export interface WritableLike {
  /** Takes a chunk; false asks to wait for 'drain'. */
  write(chunk: Uint8Array | string): boolean;
  /** Ends it. */
  end(): unknown;
  /** Adds a listener. */
  on(event: string, listener: AnyListener): unknown;
  /** Adds a listener for one time. */
  once(event: string, listener: AnyListener): unknown;
  /** Adds a listener before the others, where it has that. */
  prependListener?(event: string, listener: AnyListener): unknown;
  /** Removes a listener. */
  removeListener(event: string, listener: AnyListener): unknown;
  /** How many listeners an event has. */
  listenerCount(event: string): number;
  /** Emits an event. */
  emit(event: string, ...args: unknown[]): boolean;
  /** Whether it asks to wait for 'drain', where it tells. */
  readonly writableNeedDrain?: boolean;
}

/** How a pipe ends. */
export interface PipeOptions {
  /** End the destination when the source ends; true when not given. */
  end?: boolean | undefined;
}

/** What a destination of another library, or of Node's, may have. */
interface Failing {
  destroy?: (error: Error) => void;
  _writableState?: { errorEmitted?: boolean };
}

/** What a pipe asks of its source, and, where that is a stream of this library, of its destination. */
export interface Pipeable extends Stream {
  readonly [engine]: StreamEngine;
  readonly _readableState: ReadState;
  readonly readableEnded: boolean;
  readonly readableFlowing: boolean | null;
  pause(): unknown;
  unpipe(destination: WritableLike): unknown;
}

/** One destination of `pipe`, joined to the source until either ends. */
export class PipeTarget implements PipeDestination {
  readonly destination: WritableLike;
  /** The destination is full: the source is paused until its 'drain'. */
  waiting = false;
  readonly #source: Pipeable;
  #watchesDrain = false;
  #unpiped = false;
  /** What runs when the source ends. */
  #ending: () => void = () => {};

  constructor(source: Pipeable, destination: WritableLike) {
    this.#source = source;
    this.destination = destination;
  }

  start(options: PipeOptions | undefined): void {
    const source = this.#source;
    // Of a name that shows: what is no stream fails on the first call.
    const dest = this.destination;
    const ends = (options == null || optionOf(options, 'end') !== false) && !isStandardStream(dest);
    this.#ending = ends ? this.#end : this.#unpipe;
    if (source.readableEnded) source[engine].nextTick(run, this.#ending);
    else source.once('end', this.#ending);
    dest.on('unpipe', this.#onUnpipe);
    source.on('data', this.onData);
    // Before the listeners of others: they may throw.
    if (dest.prependListener) dest.prependListener('error', this.#onError);
    else dest.on('error', this.#onError);
    dest.once('close', this.#onClose);
    dest.once('finish', this.#onFinish);
    dest.emit('pipe', source);
    if (dest.writableNeedDrain === true) this.wait();
    else if (source.readableFlowing !== true) source.resume();
  }

  /**
   * The writing side that `write` on the destination would reach with nothing in between, when it would pass a chunk to
   * its channel at once; null otherwise.
   */
  get borrower(): Borrower | null {
    const destination = this.destination as Partial<Pipeable>;
    const writeSide = destination[engine]?.writeSide;
    if (writeSide === undefined || destination.write !== destination[defaultMethods]!.write) return null;
    return writeSide.takesBorrowed ? writeSide : null;
  }

  /** The source waits for the destination's 'drain'. */
  wait(): void {
    // A destination can be unpiped while it is written to.
    if (!this.#unpiped) {
      this.waiting = true;
      this.#source.pause();
    }
    if (!this.#watchesDrain) {
      this.#watchesDrain = true;
      this.destination.on('drain', this.#onDrain);
    }
  }

  readonly onData = (chunk: Uint8Array | string): void => {
    if (!this.destination.write(chunk)) this.wait();
  };

  readonly #onDrain = (): void => {
    const source = this.#source;
    this.waiting = false;
    const targets = source._readableState.pipeTargets;
    if (targets?.some((other) => other.waiting) !== true && source.listenerCount('data') > 0) source.resume();
  };

  readonly #end = (): void => {
    this.destination.end();
  };

  readonly #unpipe = (): void => {
    this.#source.unpipe(this.destination);
  };

  readonly #onError = (error: Error): void => {
    const { destination } = this;
    this.#unpipe();
    destination.removeListener('error', this.#onError);
    if (destination.listenerCount('error') > 0) return;
    // There is no other listener: reporting the error is up to the destination.
    const failing = destination as Failing;
    if (failing._writableState?.errorEmitted === false && failing.destroy) failing.destroy(error);
    else destination.emit('error', error);
  };

  readonly #onClose = (): void => {
    this.destination.removeListener('finish', this.#onFinish);
    this.#unpipe();
  };

  readonly #onFinish = (): void => {
    this.destination.removeListener('close', this.#onClose);
    this.#unpipe();
  };

  readonly #onUnpipe = (from: unknown, info: { hasUnpiped: boolean } | undefined): void => {
    if (from !== this.#source || info === undefined || info.hasUnpiped) return;
    info.hasUnpiped = true;
    this.#unpiped = true;
    const { destination } = this;
    destination.removeListener('close', this.#onClose);
    destination.removeListener('finish', this.#onFinish);
    destination.removeListener('error', this.#onError);
    destination.removeListener('unpipe', this.#onUnpipe);
    destination.removeListener('drain', this.#onDrain);
    this.#source.removeListener('end', this.#ending);
    this.#source.removeListener('data', this.onData);
    if (this.#watchesDrain && this.waiting) this.#onDrain();
  };
}

function run(task: () => void): void { task(); }

/** Standard output and standard error outlive every source. */
function isStandardStream(destination: unknown): boolean {
  if (runtimeProcess?.versions?.['node'] === undefined) return false;
  return destination === runtimeProcess.stdout || destination === runtimeProcess.stderr;
}
