import { bytesGone, invalidArgType, pushAfterEof } from '../base/errors.js';
import { copyInto, copyOf, honest, isBytes, view } from '../bytes/bytes.js';
import {
  checkFrame, checkLimit, checkLineEncoding, checkSize, delimiterBytes, MOST_OF_PEER, type Delimiter, type Endian,
} from './arguments.js';
import { readerLimit } from './errors.js';
import { CR, LF, LineText, textOf, type LineEncoding } from './line-text.js';
import { isWhole, NO_BYTES, partOfMemory, roomFor } from './memory.js';
import { indexOfByte, Search } from './search.js';

/** So many bytes of lines are decoded together, at most. */
const TOGETHER = 4096;

/**
 * Chunks in, the parts of a protocol out: for protocols below the net API. It is synchronous; what is not there yet is null, and stays
 * until it is. Each byte is moved a few times at most and searched once, however small the chunks are.
 *
 * What it returns may share memory with other results of the same reader, and with nothing else: a chunk that is only a part of its
 * ArrayBuffer is copied before any of it is handed out. A chunk that was pushed must not be changed.
 */
export class ByteReader {
  /** What is held lies from `#at` to `#end`. */
  #memory = NO_BYTES;
  #at = 0;
  #end = 0;
  /** Memory of this reader, which has room behind `#end`, and not a chunk. */
  #hasRoom = false;
  #isLent = false;
  /** Whether results may share the memory; undefined as long as nobody had to know. */
  #isShared: boolean | undefined;
  #ended = false;
  #lines: LineText | null = null;
  #lineEnd: Search | null = null;
  /** The last search for another delimiter, and how that was given. */
  #search: Search | null = null;
  #searchedFor: unknown;

  /** How many bytes are held. */
  get length(): number {
    return this.#end - this.#at;
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
    if (bytes.length === 0) return;
    if (this.#at === this.#end) this.#adopt(bytes);
    else this.#append(bytes);
  }

  /**
   * @internal Adds a chunk that is there until `keep` is called, and not longer.
   */
  pushLent(chunk: Uint8Array): void {
    if (this.#at !== this.#end) {
      this.#append(chunk);
      return;
    }
    this.#adopt(view(chunk));
    this.#isShared = false;
    this.#isLent = true;
  }

  /** @internal Moves what is left of such a chunk to memory of the reader's. */
  keep(): void {
    if (!this.#isLent) return;
    if (this.#at === this.#end) this.#forget();
    else this.#move(this.length);
  }

  /** Nothing more will come. */
  end(): void {
    this.#ended = true;
  }

  #adopt(chunk: Uint8Array): void {
    this.#memory = chunk;
    this.#at = 0;
    this.#end = chunk.length;
    this.#hasRoom = false;
    this.#isLent = false;
    this.#isShared = undefined;
  }

  #append(chunk: Uint8Array): void {
    this.#check();
    const size = chunk.length;
    if (!this.#hasRoom || this.#end + size > this.#memory.length) this.#move(this.length + size);
    copyInto(this.#memory, chunk, this.#end);
    this.#end += size;
  }

  /** To new memory, even if there is room at the beginning of the old one: a result may lie there. */
  #move(size: number): void {
    const { length } = this;
    const memory = roomFor(size);
    copyInto(memory, this.#memory.subarray(this.#at, this.#end), 0);
    this.#adopt(memory);
    this.#end = length;
    this.#hasRoom = true;
    this.#isShared = true;
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
    return size > this.length ? null : this.#part(this.#at, this.#at + size);
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
   * they are more than `max`; nothing is taken then.
   */
  takeUntil(delimiter: Delimiter, max = MOST_OF_PEER): Uint8Array | null {
    checkLimit('max', max);
    const search = this.#searchFor(delimiter);
    const size = this.#find(search);
    const most = size < 0 ? this.length - (search.delimiter.length - 1) : size;
    if (most > max) throw readerLimit('What comes before the delimiter', max);
    if (size < 0) return null;
    const bytes = this.#cut(size);
    this.#pass(search.delimiter.length);
    return bytes;
  }

  /** A line as text, without the `\n` or `\r\n` that ends it, which is passed over. The limit is of bytes, and as for `takeUntil`. */
  takeLine(max = MOST_OF_PEER, encoding: LineEncoding = 'utf8'): string | null {
    if (this.#lines !== null && this.#lines.encoding === encoding && max >= TOGETHER) return this.#nextLine(this.#lines);
    checkLimit('max', max);
    checkLineEncoding(encoding);
    const stop = this.#find((this.#lineEnd ??= new Search(Uint8Array.of(LF))));
    const size = stop < 0 ? this.length : stop;
    const end = this.#at + size;
    const isLong = size > max && (size > max + 1 || this.#memory[end - 1] !== CR);
    if (isLong) throw readerLimit('A line', max);
    if (stop < 0) return null;
    // Several lines at once, if there are some, and none of them can exceed the limit.
    const last = max >= TOGETHER && size < TOGETHER ? this.#lastLineEnd(end) : end;
    if (last > end) {
      this.#lines = new LineText(this.#memory.subarray(this.#at, last + 1), encoding);
      return this.#nextLine(this.#lines);
    }
    const line = textOf(this.#memory, encoding, this.#at, size > 0 && this.#memory[end - 1] === CR ? end - 1 : end);
    this.#pass(size + 1);
    return line;
  }

  #nextLine(lines: LineText): string {
    this.#check();
    const length = lines.nextLength;
    // Characters and bytes differ where it is not plain: then the bytes say where the line ends.
    const size = lines.isPlain ? length : indexOfByte(this.#memory, LF, this.#at, this.#end) + 1 - this.#at;
    const line = lines.take(length);
    this.#pass(size);
    this.#lines = lines.isDone ? null : lines;
    return line;
  }

  /** The last end of a line within what is decoded together; `first`, where the first is, if there is no other. */
  #lastLineEnd(first: number): number {
    let last = Math.min(this.#end, this.#at + TOGETHER) - 1;
    while (last > first && this.#memory[last] !== LF) last--;
    return last;
  }

  /** What is left, as the last line: for protocols in which the end of the stream ends a line, too. Null if nothing is left. */
  takeLast(encoding: LineEncoding = 'utf8'): string | null {
    checkLineEncoding(encoding);
    if (this.length === 0) return null;
    this.#check();
    const line = textOf(this.#memory, encoding, this.#at, this.#end);
    this.#pass(this.length);
    return line;
  }

  /**
   * The bytes of a frame that begins with its length, which does not count itself and has `lengthBytes` bytes (1 to 8). Throws
   * ERR_READER_LIMIT as soon as the length has come and is more than `max`; nothing is taken then.
   */
  takeFrame(lengthBytes = 4, endian: Endian = 'big', max = MOST_OF_PEER): Uint8Array | null {
    checkFrame(lengthBytes, endian);
    checkLimit('max', max);
    if (this.length < lengthBytes) return null;
    this.#check();
    const size = this.#number(lengthBytes, endian);
    if (size > max) throw readerLimit('A frame', max);
    if (this.length < lengthBytes + size) return null;
    this.#pass(lengthBytes);
    return this.#cut(size);
  }

  /** Passes over a byte and returns its value; null if there is none yet. */
  uint8(): number | null { return this.#take(1); }
  /** The same for two bytes in network byte order: the most significant comes first. */
  uint16(): number | null { return this.#take(2); }
  /** The same for four bytes in network byte order. */
  uint32(): number | null { return this.#take(4); }

  #take(bytes: number): number | null {
    if (this.length < bytes) return null;
    this.#check();
    const value = this.#number(bytes, 'big');
    this.#pass(bytes);
    return value;
  }

  #number(bytes: number, endian: Endian): number {
    let value = 0;
    for (let i = 0; i < bytes; i++) value = value * 256 + this.#memory[this.#at + (endian === 'big' ? i : bytes - 1 - i)];
    return value;
  }

  /** Gives back all that is left, in memory of its own; no bytes if nothing is. */
  release(): Uint8Array {
    this.#check();
    const bytes = copyOf(this.#memory.subarray(this.#at, this.#end));
    this.#pass(this.length);
    return bytes;
  }

  // ---- for the reader of a stream -----------------------------------------------------------------------------------

  /** @internal Gives back the last byte, of those that there must be. */
  giveBackLast(): Uint8Array {
    const byte = this.#part(this.#end - 1, this.#end);
    this.#end--;
    this.#lines = null;
    this.#lineEnd?.restart();
    this.#search?.restart();
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

  // ---- memory -------------------------------------------------------------------------------------------------------

  #find(search: Search): number {
    this.#check();
    return search.find(this.#memory, this.#at, this.#end);
  }

  #searchFor(delimiter: Delimiter): Search {
    if (this.#search !== null && typeof delimiter === 'string' && delimiter === this.#searchedFor) return this.#search;
    const bytes = delimiterBytes(delimiter);
    // Bytes can have been changed since, so they are compared.
    if (this.#search === null || !isSame(bytes, this.#search.delimiter)) this.#search = new Search(bytes);
    this.#searchedFor = delimiter;
    return this.#search;
  }

  #cut(size: number): Uint8Array {
    const bytes = this.#part(this.#at, this.#at + size);
    this.#pass(size);
    return bytes;
  }

  #part(from: number, to: number): Uint8Array {
    this.#check();
    return partOfMemory(this.#memory, from, to, (this.#isShared ??= isWhole(this.#memory)));
  }

  #pass(size: number): void {
    this.#at += size;
    this.#lines = null;
    this.#lineEnd?.passed(size);
    this.#search?.passed(size);
    if (this.#at === this.#end) this.#forget();
  }

  /** A chunk that was read must not stay alive for as long as the reader does. */
  #forget(): void {
    this.#memory = NO_BYTES;
    this.#at = 0;
    this.#end = 0;
    this.#hasRoom = false;
    this.#isLent = false;
  }

  /** What is held can have gone with a result that shared its memory, and was given to another thread. */
  #check(): void {
    if (this.#end <= this.#memory.length) return;
    this.#forget();
    this.#lines = null;
    this.#lineEnd?.restart();
    this.#search?.restart();
    throw bytesGone('bytes that were received');
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
