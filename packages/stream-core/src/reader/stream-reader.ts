import { invalidArgType, outOfRange } from '../base/errors.js';
import { optionsOf } from '../base/options.js';
import { checkFrame, checkLimit, checkLineEncoding, MOST_OF_CALLER, type Delimiter, type Endian } from '../byte-reader/arguments.js';
import type { Taker } from '../contract/lending.js';
import { ByteReader } from '../byte-reader/byte-reader.js';
import { aborted, readerIncomplete, readerReleased } from '../byte-reader/errors.js';
import type { LineEncoding } from '../byte-reader/line-text.js';
import { Parts } from './parts.js';
import { ExactBytes, Frame, Line, SomeBytes, UntilDelimiter, type Request } from './requests.js';
import { Source, type ReadableLike } from './source.js';
import { Waiting, WaitingList, type Patience, type SignalLike, type WaitingRoom, type WaitOptions } from './waiting.js';

/** Of one read; of a reader they are for all of its reads. */
export interface ReadOptions extends WaitOptions {
  /**
   * Most bytes of what is read: a longer line or frame rejects with ERR_READER_LIMIT as soon as that is known. 1 MiB for `readUntil`,
   * lines and frames, 16 MiB for `readExactly` and `peek`. `read` takes no more at once.
   */
  max?: number | undefined;
}

export interface LineOptions extends ReadOptions {
  /** Default: 'utf8'. */
  encoding?: LineEncoding | undefined;
  /** What the stream ends with is a line, too, if no line feed ends it. Otherwise that is ERR_READER_INCOMPLETE. */
  partial?: boolean | undefined;
}

export interface FrameOptions extends ReadOptions {
  /** How many bytes the length before each frame has: 1 to 8. Default: 4. */
  lengthBytes?: number | undefined;
  /** Default: 'big', network byte order. */
  endian?: Endian | undefined;
}

const READ = ['max', 'timeout', 'signal'] as const;
const PENDING = Symbol('pending');
const asItIs = <T>(found: T): T => found;
const PATIENT: Patience = { isEndless: true, timeout: Infinity, signals: [] };

/**
 * Reads a stream by promises. Reads that are asked for while another waits are answered in the order of the calls. After the end they give
 * null; what was received before an error is read before that.
 */
export class StreamReader implements Taker, WaitingRoom {
  /**
   * What was taken from the stream and is not read yet, for reads at once: see `ByteReader`. It must not be pushed to. Once the stream has
   * ended, the last byte comes with the next read of this reader.
   */
  readonly bytes = new ByteReader();
  readonly #source: Source;
  readonly #waiting = new WaitingList();
  readonly #defaults: ReadOptions;
  readonly #patience: Patience;
  readonly #some: Request<Uint8Array>;
  readonly #line: Request<string>;
  #released = false;
  /** The stream holds the last byte, so that it does not end. */
  #isHeld = false;
  /** Taking from the stream, which can call who asks for more. */
  #isBusy = false;

  constructor(stream: ReadableLike, options?: ReadOptions) {
    checkOptions(options);
    this.#defaults = optionsOf(options, READ);
    this.#patience = patienceOf(this.#defaults, PATIENT);
    const { max } = this.#defaults;
    this.#some = new SomeBytes(max);
    this.#line = new Line(max);
    this.#source = new Source(stream, () => { this.#work(); });
  }

  /** What there is, or what comes next: one byte or more. */
  read(options?: ReadOptions): Promise<Uint8Array | null> {
    return this.#make(options, ({ max }) => (max === undefined ? this.#some : new SomeBytes(max)));
  }

  /** So many bytes: ERR_READER_INCOMPLETE if the stream ends before, but null if it ends before the first of them. */
  readExactly(size: number, options?: ReadOptions): Promise<Uint8Array | null> {
    return this.#make(options, ({ max }) => new ExactBytes(size, max ?? this.#defaults.max ?? MOST_OF_CALLER, false));
  }

  /** The same, and the bytes stay to be read. */
  peek(size: number, options?: ReadOptions): Promise<Uint8Array | null> {
    return this.#make(options, ({ max }) => new ExactBytes(size, max ?? this.#defaults.max ?? MOST_OF_CALLER, true));
  }

  /** The bytes before a delimiter, which is read, too, and is not part of them. */
  readUntil(delimiter: Delimiter, options?: ReadOptions): Promise<Uint8Array | null> {
    return this.#make(options, ({ max }) => new UntilDelimiter(delimiter, max ?? this.#defaults.max));
  }

  /** A line as text, without the `\n` or `\r\n` that ends it. */
  readLine(options?: LineOptions): Promise<string | null> {
    if (options === undefined) return this.#ask(this.#line, this.#patience, asItIs);
    return this.#make(options, () => this.#lineOf(options));
  }

  /**
   * The lines, up to the end. Leaving the loop leaves the stream as it is: the next read continues behind the last line that the loop got.
   */
  lines(options?: LineOptions): Parts<string> {
    return this.#parts(options === undefined ? this.#line : this.#lineOf(options), options);
  }

  /** The frames, up to the end: each begins with its length, which is read, too, and is not part of it. Leaving: as with `lines`. */
  frames(options?: FrameOptions): Parts<Uint8Array> {
    checkOptions(options);
    const { lengthBytes = 4, endian = 'big', max = this.#defaults.max } = optionsOf(options, ['lengthBytes', 'endian', 'max']);
    checkFrame(lengthBytes, endian);
    if (max !== undefined) checkLimit('max', max);
    return this.#parts(new Frame(lengthBytes, endian, max), options);
  }

  /**
   * Ends the reader, and gives the stream back what was not read: the stream can be read by 'data', piped, or given to
   * `tls.connect({ socket })`, and is paused if it was when the reader was made. Reads that still wait reject with ERR_READER_RELEASED, as
   * do later ones. What a stream cannot take back, because it was destroyed, stays in `bytes`.
   */
  release(): void {
    if (this.#released) return;
    this.#released = true;
    for (let { first } = this.#waiting; first !== null; ({ first } = this.#waiting)) {
      this.#waiting.remove(first);
      first.failed(readerReleased());
    }
    if (this.#source.takesBack) {
      if (this.#isHeld) this.#pull();
      if (this.bytes.length > 0) this.#source.giveBack(this.bytes.release());
    }
    this.#source.detach();
  }

  #lineOf(options: LineOptions): Request<string> {
    checkOptions(options);
    const { max = this.#defaults.max, encoding = 'utf8', partial } = optionsOf(options, ['max', 'encoding', 'partial']);
    if (max !== undefined) checkLimit('max', max);
    checkLineEncoding(encoding);
    return new Line(max, encoding, partial === true);
  }

  #parts<T>(request: Request<T>, options: WaitOptions | undefined): Parts<T> {
    const own: WaitOptions = optionsOf<ReadOptions, keyof ReadOptions>(options, READ);
    const patience = options === undefined ? this.#patience : patienceOf(own, this.#patience);
    return new Parts(request, (wanted, shape) => this.#ask(wanted, patience, shape));
  }

  // ---- asking -------------------------------------------------------------------------------------------------------

  #make<T>(options: ReadOptions | undefined, request: (options: ReadOptions) => Request<T>): Promise<T | null> {
    try {
      checkOptions(options);
      const own = optionsOf(options, READ);
      return this.#ask(request(own), options === undefined ? this.#patience : patienceOf(own, this.#patience), asItIs);
    } catch (error) {
      return Promise.reject(asError(error));
    }
  }

  /** The answer at once, if there is one and nobody waits before. */
  #ask<T, R>(request: Request<T>, patience: Patience, shape: (found: T | null) => R): Promise<R> {
    try {
      if (this.#released) throw readerReleased();
      if (!patience.isEndless) for (const signal of patience.signals) if (signal.aborted) throw aborted(signal);
      if (this.#waiting.first === null && !this.#isBusy) {
        const found = this.#attempt(request);
        if (this.#waiting.first !== null) this.#work();
        if (found !== PENDING) {
          this.#hold();
          return Promise.resolve(shape(found));
        }
      }
    } catch (error) {
      this.#hold();
      return Promise.reject(asError(error));
    }
    return new Promise((resolve, reject) => {
      if (this.#waiting.first === null) this.#source.giveTo(this);
      const shaped = shape as (found: unknown) => unknown;
      this.#waiting.add(new Waiting(request, shaped, patience, this, resolve as (result: unknown) => void, reject));
    });
  }

  /** @internal */
  giveUp(waiting: Waiting, error: Error): void {
    this.#waiting.remove(waiting);
    waiting.failed(error);
    // The next one may want less.
    this.#work();
  }

  /** What was asked for, null at the end, or PENDING. Throws what the read is to reject with. */
  #attempt<T>(request: Request<T>): T | null | typeof PENDING {
    if (this.#isHeld && request.takesAll === true) this.#pull();
    do {
      const found = request.take(this.bytes);
      if (found !== null) return found;
    } while (this.#pull());
    const { failure, isOver } = this.#source;
    if (failure !== null) throw failure;
    return isOver ? this.#atEnd(request) : PENDING;
  }

  #atEnd<T>(request: Request<T>): T | null {
    const { length } = this.bytes;
    if (length === 0) return null;
    const last = request.last?.(this.bytes) ?? null;
    if (last === null) throw readerIncomplete(length, request.missing(this.bytes));
    return last;
  }

  /** Takes from the stream what there is; false if that is nothing. */
  #pull(): boolean {
    this.#isHeld = false;
    this.#isBusy = true;
    let chunk;
    try {
      chunk = this.#source.read();
    } finally {
      this.#isBusy = false;
    }
    if (chunk === null) return false;
    this.bytes.push(chunk);
    return true;
  }

  /** Something has changed: answers who waits, in sequence. */
  #work(): void {
    if (this.#isBusy) return;
    for (let waiting = this.#waiting.first; waiting !== null; waiting = this.#waiting.first) {
      try {
        const found = this.#attempt(waiting.request);
        if (found === PENDING) break;
        this.#waiting.remove(waiting);
        waiting.found(found);
      } catch (error) {
        this.#waiting.remove(waiting);
        waiting.failed(error);
      }
    }
    if (this.#waiting.first === null) this.#source.giveTo(null);
    this.#hold();
  }

  /** @internal */
  take(chunk: Uint8Array, isLent: boolean): void {
    if (isLent) this.bytes.pushLent(chunk);
    else this.bytes.push(chunk);
    this.#work();
    this.bytes.keep();
  }

  /** A stream of which nothing is left ends, and takes nothing back then: so the last byte waits there for as long as there are others. */
  #hold(): void {
    if (this.#isHeld || this.bytes.length === 0 || this.#waiting.first !== null) return;
    if (!this.#source.isEnding || !this.#source.takesBack) return;
    this.#isHeld = true;
    this.#source.giveBack(this.bytes.giveBackLast());
  }
}

/** What was thrown is one: a type says so. */
function asError(thrown: unknown): Error {
  return thrown as Error;
}

function checkOptions(options: unknown): void {
  if (options === undefined || (typeof options === 'object' && options !== null)) return;
  throw invalidArgType('options', 'of type object', options);
}

/** The options of a call, and what the reader's own say besides. */
function patienceOf({ timeout, signal }: WaitOptions, { timeout: ofReader, signals }: Patience): Patience {
  if (timeout !== undefined) checkTimeout(timeout);
  if (signal !== undefined && !isSignal(signal)) throw invalidArgType('options.signal', 'an instance of AbortSignal', signal);
  const all = { timeout: timeout ?? ofReader, signals: signal === undefined ? signals : [...signals, signal] };
  return { isEndless: all.timeout === Infinity && all.signals.length === 0, ...all };
}

/** The longest that timers of every runtime can wait. */
const LONGEST = 2_147_483_647;

function checkTimeout(timeout: unknown): void {
  if (typeof timeout !== 'number') throw invalidArgType('options.timeout', 'of type number', timeout);
  const isRight = timeout === Infinity || (timeout >= 0 && timeout <= LONGEST);
  if (!isRight) throw outOfRange('options.timeout', `>= 0 && <= ${LONGEST}, or Infinity`, timeout);
}

function isSignal(signal: unknown): signal is SignalLike {
  return typeof signal === 'object' && signal !== null && 'aborted' in signal && 'addEventListener' in signal;
}

/**
 * Reads a stream of this library or of Node's by promises, until `release`. Throws ERR_INVALID_ARG_TYPE for what is no stream,
 * ERR_INVALID_ARG_VALUE for one that has an encoding or is in object mode, ERR_READER_LOCKED for one that has a reader.
 * @example
 * ```js
 * import { duplexPair } from '@netstrata/stream-core';
 * import { reader } from '@netstrata/stream-core/reader';
 *
 * const [client, server] = duplexPair();
 * client.end(Buffer.from('\0\x05hello\0\x05world', 'latin1'));
 *
 * for await (const frame of reader(server).frames({ lengthBytes: 2, max: 65_536 })) console.log(String(frame)); // prints world
 * ```
 */
export function reader(stream: ReadableLike, options?: ReadOptions): StreamReader {
  return new StreamReader(stream, options);
}
