import { bytesGone, invalidArgType, pushAfterEof } from '../base/errors.js';
import { copyOf, honest, isBytes, view } from '../bytes/bytes.js';
import {
  checkFrame, checkLimit, checkLineEncoding, checkSize, delimiterBytes, MOST_OF_PEER, type Delimiter, type Endian,
} from './arguments.js';
import { readerLimit } from './errors.js';
import { Held } from './held.js';
import { CR, LF, linesOf, LineText, textOf, type LineEncoding } from './line-text.js';
import { indexOfByte, Search } from './search.js';

/** So many bytes of lines are decoded together, at most. */
const TOGETHER = 4096;

/**
 * Chunks in, the parts of a protocol out: for protocols below the net API. It is synchronous; what is not there yet is null, and stays
 * until it is. Each byte is moved a few times at most and searched once, however small the chunks are.
 *
 * What it returns may share memory with other results of the same reader, and with nothing else: a chunk that is only a part of its
 * ArrayBuffer is copied before any of it is handed out. A chunk that was pushed must not be changed.
 * @example
 * ```js
 * import { ByteReader } from '@netstrata/stream-core/reader';
 *
 * const bytes = new ByteReader();
 * bytes.push(Uint8Array.of(5, 1));
 * console.log(bytes.uint8(), bytes.uint16()); // prints 5 null
 * bytes.push(Uint8Array.of(0, 104, 105, 10));
 * console.log(bytes.uint16(), bytes.takeLine()); // prints 256 hi
 * ```
 */
export class ByteReader {
  readonly #held = new Held();
  #ended = false;
  #lines: LineText | null = null;
  #lineEnd: Search | null = null;
  /** The last search for another delimiter, and how that was given. */
  #search: Search | null = null;
  #searchedFor: unknown;

  /** How many bytes are held. */
  get length(): number {
    return this.#held.length;
  }

  /** Whether `end` was called. */
  get ended(): boolean {
    return this.#ended;
  }

  // ---- bytes in -----------------------------------------------------------------------------------------------------

  /** Adds a chunk. Throws ERR_INVALID_ARG_TYPE, and ERR_STREAM_PUSH_AFTER_EOF after `end`. */
  push(chunk: ArrayBufferView): void {
    if (!isBytes(chunk)) throw invalidArgType('chunk', 'an instance of Buffer, TypedArray, or DataView', chunk);
    if (this.#ended) throw pushAfterEof();
    const bytes = view(honest(chunk as Uint8Array));
    this.#check();
    if (bytes.length > 0) this.#held.add(bytes);
  }

  /** Nothing more will come. */
  end(): void {
    this.#ended = true;
  }

  // ---- bytes out ----------------------------------------------------------------------------------------------------

  /** Exactly `size` bytes. Throws ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE. */
  take(size: number): Uint8Array | null {
    checkSize('size', size);
    return size > this.length ? null : this.#cut(size);
  }

  /** What there is, `max` bytes of it at most; null if there is nothing. */
  takeSome(max = Infinity): Uint8Array | null {
    checkLimit('max', max);
    return this.length === 0 ? null : this.#cut(Math.min(max, this.length));
  }

  /** The next `size` bytes, which stay. */
  peek(size: number): Uint8Array | null {
    checkSize('size', size);
    this.#check();
    const { at, length } = this.#held;
    return size > length ? null : this.#held.part(at, at + size);
  }

  /** Passes over `size` bytes; false if there are not so many yet. */
  skip(size: number): boolean {
    checkSize('size', size);
    if (size > this.length) return false;
    this.#pass(size);
    return true;
  }

  /**
   * The bytes before a delimiter, which is passed over, too, and is not part of them. Throws ERR_READER_LIMIT as soon as it is clear that
   * they are more than `max` (1 MiB); nothing is taken then.
   */
  takeUntil(delimiter: Delimiter, max = MOST_OF_PEER): Uint8Array | null {
    checkLimit('max', max);
    const search = this.#searchFor(delimiter);
    const size = this.#find(search);
    const least = size < 0 ? this.length - (search.delimiter.length - 1) : size;
    if (least > max) throw readerLimit('What comes before the delimiter', max);
    if (size < 0) return null;
    const bytes = this.#cut(size);
    this.#pass(search.delimiter.length);
    return bytes;
  }

  /** A line as text, without the `\n` or `\r\n` that ends it, which is passed over. The limit is of bytes, and as for `takeUntil`. */
  takeLine(max = MOST_OF_PEER, encoding: LineEncoding = 'utf8'): string | null {
    if (this.#lines !== null && this.#lines.encoding === encoding && max >= TOGETHER) return this.#nextLine(this.#lines);
    const size = this.#lineSize(max, encoding);
    if (size < 0) return null;
    const { memory, at } = this.#held;
    const to = at + this.#sizeTogether(size, max);
    if (to > at + size + 1) return this.#nextLine((this.#lines = new LineText(memory, encoding, at, to)));
    return this.#oneLine(size, encoding);
  }

  /** Lines, several at once where that is quicker: one or more, and not always all that are there. Null if there is none. */
  takeLines(max = MOST_OF_PEER, encoding: LineEncoding = 'utf8'): string[] | null {
    const size = this.#lineSize(max, encoding);
    if (size < 0) return null;
    const { memory, at } = this.#held;
    const together = this.#sizeTogether(size, max);
    if (together === size + 1) return [this.#oneLine(size, encoding)];
    const lines = linesOf(memory, encoding, at, at + together);
    this.#pass(together);
    return lines;
  }

  /** What is left, as the last line: for protocols in which the end of the stream ends a line, too. Null if nothing is left. */
  takeLast(encoding: LineEncoding = 'utf8'): string | null {
    checkLineEncoding(encoding);
    if (this.length === 0) return null;
    this.#check();
    const { memory, at, end } = this.#held;
    this.#pass(end - at);
    return textOf(memory, encoding, at, end);
  }

  /**
   * The bytes of a frame that begins with its length, which does not count itself and has `lengthBytes` bytes (1 to 8). Throws
   * ERR_READER_LIMIT as soon as the length has come and is more than `max` (1 MiB); nothing is taken then.
   */
  takeFrame(lengthBytes = 4, endian: Endian = 'big', max = MOST_OF_PEER): Uint8Array | null {
    checkFrame(lengthBytes, endian);
    checkLimit('max', max);
    if (this.length < lengthBytes) return null;
    const size = this.#number(lengthBytes, endian);
    if (size > max) throw readerLimit('A frame', max);
    if (this.length < lengthBytes + size) return null;
    this.#pass(lengthBytes);
    return this.#cut(size);
  }

  /** Passes over a byte and returns its value; null if there is none yet. */
  uint8(): number | null { return this.#takeNumber(1); }
  /** The same for two bytes in network byte order: the most significant comes first. */
  uint16(): number | null { return this.#takeNumber(2); }
  /** The same for four bytes in network byte order. */
  uint32(): number | null { return this.#takeNumber(4); }

  /** Gives back all that is left, in memory of its own; no bytes if nothing is. */
  release(): Uint8Array {
    this.#check();
    const { memory, at, end } = this.#held;
    const bytes = copyOf(memory.subarray(at, end));
    this.#pass(end - at);
    return bytes;
  }

  // ---- for the reader of a stream -----------------------------------------------------------------------------------

  /** @internal Adds a chunk that is there until `keep` is called, and not longer. */
  pushLent(chunk: Uint8Array): void {
    this.#check();
    this.#held.addLent(view(chunk));
  }

  /** @internal */
  keep(): void {
    this.#held.keep();
  }

  /** @internal Gives back the last byte, of those that there must be. */
  giveBackLast(): Uint8Array {
    this.#check();
    const held = this.#held;
    const byte = held.part(held.end - 1, held.end);
    held.end--;
    held.pass(0);
    this.#restart();
    return byte;
  }

  /** @internal How many bytes are missing to a delimiter that was searched in vain. */
  missingTo(delimiter: Delimiter): number {
    const search = this.#searchFor(delimiter);
    return search.delimiter.length - search.matched;
  }

  /** @internal The same of a frame. */
  missingToFrame(lengthBytes: number, endian: Endian): number {
    const size = this.length < lengthBytes ? 0 : this.#number(lengthBytes, endian);
    return lengthBytes + size - this.length;
  }

  // ---- searching ----------------------------------------------------------------------------------------------------

  #find(search: Search): number {
    this.#check();
    return search.find(this.#held.memory, this.#held.at, this.#held.end);
  }

  #searchFor(delimiter: Delimiter): Search {
    if (this.#search !== null && typeof delimiter === 'string' && delimiter === this.#searchedFor) return this.#search;
    const bytes = delimiterBytes(delimiter);
    // Bytes can have been changed since, so they are compared.
    if (this.#search === null || !isSame(bytes, this.#search.delimiter)) this.#search = new Search(bytes);
    this.#searchedFor = delimiter;
    return this.#search;
  }

  /** How many bytes come before the next line feed; -1 if there is none. */
  #lineSize(max: number, encoding: LineEncoding): number {
    checkLimit('max', max);
    checkLineEncoding(encoding);
    const stop = this.#find((this.#lineEnd ??= new Search(Uint8Array.of(LF))));
    const size = stop < 0 ? this.length : stop;
    // The end of the line does not count: also a CR whose LF has not come yet.
    if (size > max && (size > max + 1 || this.#held.memory[this.#held.at + size - 1] !== CR)) throw readerLimit('A line', max);
    return stop;
  }

  /** How many bytes the first line and those after it have that may be decoded together with it: none that can be too long. */
  #sizeTogether(first: number, max: number): number {
    const { memory, at, end } = this.#held;
    let last = max < TOGETHER ? first : Math.max(first, Math.min(end - at, TOGETHER) - 1);
    while (last > first && memory[at + last] !== LF) last--;
    return last + 1;
  }

  #oneLine(size: number, encoding: LineEncoding): string {
    const { memory, at } = this.#held;
    const line = textOf(memory, encoding, at, at + (size > 0 && memory[at + size - 1] === CR ? size - 1 : size));
    this.#pass(size + 1);
    return line;
  }

  #nextLine(lines: LineText): string {
    this.#check();
    const { memory, at, end } = this.#held;
    const length = lines.nextLength;
    // Characters and bytes differ where it is not plain: then the bytes say where the line ends.
    const size = lines.isPlain ? length : indexOfByte(memory, LF, at, end) + 1 - at;
    const line = lines.take(length);
    this.#pass(size);
    this.#lines = lines.isDone ? null : lines;
    return line;
  }

  // ---- taking -------------------------------------------------------------------------------------------------------

  #takeNumber(bytes: number): number | null {
    if (this.length < bytes) return null;
    const value = this.#number(bytes, 'big');
    this.#pass(bytes);
    return value;
  }

  #number(bytes: number, endian: Endian): number {
    this.#check();
    const { memory, at } = this.#held;
    let value = 0;
    for (let i = 0; i < bytes; i++) value = value * 256 + memory[at + (endian === 'big' ? i : bytes - 1 - i)];
    return value;
  }

  #cut(size: number): Uint8Array {
    this.#check();
    const { at } = this.#held;
    const bytes = this.#held.part(at, at + size);
    this.#pass(size);
    return bytes;
  }

  /** Throws ERR_INVALID_STATE where the bytes are gone: with a result that shared their memory, and was given to another thread. */
  #check(): void {
    if (!this.#held.isGone) return;
    this.#held.drop();
    this.#restart();
    throw bytesGone('bytes that were received');
  }

  #restart(): void {
    this.#lines = null;
    this.#lineEnd?.restart();
    this.#search?.restart();
  }

  #pass(size: number): void {
    this.#held.pass(size);
    this.#lines = null;
    this.#lineEnd?.passed(size);
    this.#search?.passed(size);
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
