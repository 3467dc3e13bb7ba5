import { nextTick } from '../base/clock.js';
import { invalidArgType, prematureClose } from '../base/errors.js';
import type { Taker } from '../contract/lending.js';
import { givesNoBytes, readerLocked } from '../byte-reader/errors.js';

/** What a reader asks of a stream: those of this library and Node's have it, sockets and TLS sockets among them. */
export interface ReadableLike {
  /** Whether it is destroyed. */
  readonly destroyed: boolean;
  /** Whether it can be read. */
  readonly readable: boolean;
  /** Whether 'end' was emitted. */
  readonly readableEnded: boolean;
  /** Whether data flows; null before anything has decided that. */
  readonly readableFlowing: boolean | null;
  /** How much waits. */
  readonly readableLength: number;
  /** Whether it has objects in place of bytes. */
  readonly readableObjectMode: boolean;
  /** The encoding of text, or null. */
  readonly readableEncoding: string | null;
  /** Takes a chunk, or null where none waits. */
  read(): unknown;
  /** Puts a chunk back. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as streams declare it
  unshift(chunk: any): unknown;
  /** Stops 'data'. */
  pause(): unknown;
  /** Lets 'data' flow. */
  resume(): unknown;
  /** Whether it is paused. */
  isPaused(): boolean;
  /** Adds a listener. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as emitters declare it
  on(event: string, listener: (...args: any[]) => void): unknown;
  /** Removes a listener. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as emitters declare it
  removeListener(event: string, listener: (...args: any[]) => void): unknown;
}

/** Streams that have a reader. */
const taken = new WeakSet();

/**
 * A stream that is read on demand: nothing is taken from it before somebody waits for it, so that its own watermark holds the peer back.
 *
 * By 'readable' and not by 'data': then the stream's end comes when all was read, and not while the reader still holds some of it. That is
 * what makes it possible to give back bytes at any time: no stream takes any after its 'end'.
 */
export class Source {
  readonly #stream: ReadableLike;
  readonly #wasPaused: boolean;
  readonly #wasFlowing: boolean;
  readonly #listeners: readonly (readonly [event: string, listener: (error: Error) => void])[];
  /** Of a stream of this library. */
  readonly #side: { taker: Taker | null } | null;
  #ended: boolean;
  /** Nothing has come since it was asked in vain. */
  #isDry = false;
  failure: Error | null = null;

  /** `changed` is called whenever a read may succeed or fail that could not before. */
  constructor(stream: ReadableLike, changed: () => void) {
    checkStream(stream);
    if (taken.has(stream)) throw readerLocked();
    this.#stream = stream;
    this.#wasPaused = stream.isPaused();
    this.#wasFlowing = stream.readableFlowing === true;
    this.#ended = stream.readableEnded;
    const side = (stream as { _readableState?: object })._readableState;
    this.#side = side !== undefined && 'taker' in side ? (side as { taker: Taker | null }) : null;
    const heard = (): void => {
      this.#isDry = false;
      changed();
    };
    const fail = (error: Error): void => {
      // After its end a stream can fail in its other direction only.
      if (!this.#ended) this.failure ??= error;
      heard();
    };
    this.#listeners = [
      ['readable', heard],
      ['end', () => {
        this.#ended = true;
        heard();
      }],
      ['error', fail],
      ['close', () => {
        if (this.isOver) heard();
        else fail(prematureClose());
      }],
    ];
    const { errored } = stream as { errored?: Error | null };
    if (errored) this.failure = errored;
    else if (stream.destroyed && !this.isOver) this.failure = prematureClose();
    // Of a stream that can only be written there is nothing to come.
    else if (!stream.readable && !this.isOver) this.#ended = true;
    taken.add(stream);
    for (const [event, listener] of this.#listeners) stream.on(event, listener);
  }

  /** What there is; null for nothing. */
  read(): Uint8Array | null {
    if (this.#isDry) return null;
    const chunk = this.#stream.read();
    this.#isDry = chunk === null;
    if (typeof chunk === 'string') throw givesNoBytes('has an encoding');
    return chunk as Uint8Array | null;
  }

  /** The peer has ended, and that is known, though there may be bytes left to read. */
  get isEnding(): boolean {
    return this.#ended || (this.#stream as { _readableState?: { ended?: boolean } })._readableState?.ended === true;
  }

  /** The end has come, and nothing is left. */
  get isOver(): boolean {
    return this.#ended || (this.isEnding && this.#stream.readableLength === 0);
  }

  /** Whether the stream takes bytes back. */
  get takesBack(): boolean {
    return !this.#ended && !this.#stream.readableEnded && !this.#stream.destroyed;
  }

  giveBack(bytes: Uint8Array): void {
    this.#isDry = false;
    this.#stream.unshift(bytes);
  }

  /** While somebody waits, streams of this library give what arrives at once, without a queue and, where that can be, without a copy. */
  giveTo(taker: Taker | null): void {
    if (this.#side !== null) this.#side.taker = taker;
  }

  /** Leaves the stream as it was found. */
  detach(): void {
    const stream = this.#stream;
    taken.delete(stream);
    this.giveTo(null);
    for (const [event, listener] of this.#listeners) stream.removeListener(event, listener);
    if (this.#wasFlowing) {
      stream.resume();
    } else if (this.#wasPaused) {
      stream.pause();
      // A stream looks in the next tick who listens still, and forgets then that it does not flow.
      nextTick(pauseAgain, stream);
    }
  }
}

/** Unless it was resumed meanwhile. */
function pauseAgain(stream: ReadableLike): void {
  if (stream.isPaused()) stream.pause();
}

const METHODS = ['read', 'unshift', 'pause', 'resume', 'isPaused', 'on', 'removeListener'] as const;

function checkStream(stream: ReadableLike): void {
  const isStream = typeof stream === 'object' && stream !== null && METHODS.every((name) => typeof stream[name] === 'function');
  if (!isStream) throw invalidArgType('stream', 'a readable stream', stream);
  if (stream.readableObjectMode) throw givesNoBytes('is in object mode');
  if (stream.readableEncoding) throw givesNoBytes(`has the encoding ${stream.readableEncoding}`);
}
