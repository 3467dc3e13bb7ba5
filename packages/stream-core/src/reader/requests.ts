import { checkLimit, checkSize, delimiterBytes, type Delimiter, type Endian } from '../byte-reader/arguments.js';
import type { ByteReader } from '../byte-reader/byte-reader.js';
import { readerLimit } from '../byte-reader/errors.js';
import type { LineEncoding } from '../byte-reader/line-text.js';

/** What a read waits for. */
export interface Request<T> {
  /** It, if it is there; else null. Throws ERR_READER_LIMIT. */
  take(bytes: ByteReader): T | null;
  /** It takes all that there is. */
  readonly takesAll?: boolean;
  /** Some of those that are there, where that is quicker than one by one. */
  takeSome?(bytes: ByteReader): T[] | null;
  /** After the end: how many bytes are missing to it, at least. */
  missing(bytes: ByteReader): number;
  /** After the end: what is left counts as the last one. */
  last?(bytes: ByteReader): T | null;
}

export class SomeBytes implements Request<Uint8Array> {
  readonly takesAll = true;
  readonly #max: number;

  constructor(max = Infinity) {
    checkLimit('max', max);
    this.#max = max;
  }

  take(bytes: ByteReader): Uint8Array | null {
    return bytes.takeSome(this.#max);
  }

  missing(): number {
    return 1;
  }
}

export class ExactBytes implements Request<Uint8Array> {
  readonly #size: number;
  readonly #stays: boolean;

  constructor(size: number, max: number, stays: boolean) {
    checkSize('size', size);
    checkLimit('max', max);
    if (size > max) throw readerLimit(`What was asked for (${size} bytes)`, max);
    this.#size = size;
    this.#stays = stays;
  }

  take(bytes: ByteReader): Uint8Array | null {
    return this.#stays ? bytes.peek(this.#size) : bytes.take(this.#size);
  }

  missing(bytes: ByteReader): number {
    return this.#size - bytes.length;
  }
}

export class UntilDelimiter implements Request<Uint8Array> {
  readonly #delimiter: Delimiter;
  readonly #max: number | undefined;

  constructor(delimiter: Delimiter, max: number | undefined) {
    // Bytes can be changed while it waits.
    this.#delimiter = typeof delimiter === 'string' && delimiter !== '' ? delimiter : delimiterBytes(delimiter);
    if (max !== undefined) checkLimit('max', max);
    this.#max = max;
  }

  take(bytes: ByteReader): Uint8Array | null {
    return bytes.takeUntil(this.#delimiter, this.#max);
  }

  missing(bytes: ByteReader): number {
    return bytes.missingTo(this.#delimiter);
  }
}

export class Line implements Request<string> {
  readonly #max: number | undefined;
  readonly #encoding: LineEncoding | undefined;
  readonly #partial: boolean;

  constructor(max?: number, encoding?: LineEncoding, partial = false) {
    this.#max = max;
    this.#encoding = encoding;
    this.#partial = partial;
  }

  take(bytes: ByteReader): string | null {
    return bytes.takeLine(this.#max, this.#encoding);
  }

  takeSome(bytes: ByteReader): string[] | null {
    return bytes.takeLines(this.#max, this.#encoding);
  }

  missing(): number {
    return 1;
  }

  last(bytes: ByteReader): string | null {
    return this.#partial ? bytes.takeLast(this.#encoding) : null;
  }
}

export class Frame implements Request<Uint8Array> {
  readonly #lengthBytes: number;
  readonly #endian: Endian;
  readonly #max: number | undefined;

  constructor(lengthBytes: number, endian: Endian, max: number | undefined) {
    this.#lengthBytes = lengthBytes;
    this.#endian = endian;
    this.#max = max;
  }

  take(bytes: ByteReader): Uint8Array | null {
    return bytes.takeFrame(this.#lengthBytes, this.#endian, this.#max);
  }

  missing(bytes: ByteReader): number {
    return bytes.missingToFrame(this.#lengthBytes, this.#endian);
  }
}
