import { decode } from '../bytes/bytes.js';

/** Encodings in which a byte of 10 is a line feed and nothing else. */
export type LineEncoding = 'utf8' | 'utf-8' | 'latin1' | 'binary' | 'ascii';

export const LF = 10;
export const CR = 13;

/**
 * Lines that were decoded together, which takes a fraction of the time that it takes one by one. A line that is kept can keep the text that
 * it was cut from, so that is short.
 */
export class LineText {
  readonly encoding: LineEncoding;
  readonly #text: string;
  /** Whether each byte is a character. */
  readonly isPlain: boolean;
  #at = 0;

  /** `bytes` end with a line feed. */
  constructor(bytes: Uint8Array, encoding: LineEncoding) {
    this.encoding = encoding;
    this.#text = textOf(bytes, encoding);
    this.isPlain = this.#text.length === bytes.length;
  }

  get isDone(): boolean {
    return this.#at === this.#text.length;
  }

  /** How many characters the next line has, with its end. */
  get nextLength(): number {
    return this.#text.indexOf('\n', this.#at) + 1 - this.#at;
  }

  /** The next line, which has so many characters with its end. */
  take(length: number): string {
    const from = this.#at;
    const stop = from + length - 1;
    this.#at = stop + 1;
    return this.#text.slice(from, stop > from && this.#text.charCodeAt(stop - 1) === CR ? stop - 1 : stop);
  }
}

const NodeBuffer = (globalThis as { Buffer?: typeof Buffer }).Buffer;

/** Some of the bytes as text. */
export function textOf(bytes: Uint8Array, encoding: LineEncoding, from = 0, to = bytes.length): string {
  if (NodeBuffer !== undefined) return (bytes as Buffer).toString(encoding, from, to);
  const part = from === 0 && to === bytes.length ? bytes : bytes.subarray(from, to);
  return decode(part, encoding === 'utf-8' ? 'utf8' : encoding === 'binary' ? 'latin1' : encoding);
}
