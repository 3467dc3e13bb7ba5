import { decode } from '../bytes/bytes.js';

/** Encodings in which a byte of 10 is a line feed and nothing else is: of Node's 'ascii' a byte of 138 is one, too. */
export type LineEncoding = 'utf8' | 'utf-8' | 'latin1' | 'binary';

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

  /** The bytes end with a line feed. */
  constructor(memory: Uint8Array, encoding: LineEncoding, from: number, to: number) {
    this.encoding = encoding;
    this.#text = textOf(memory, encoding, from, to);
    this.isPlain = this.#text.length === to - from;
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
    this.#at += length;
    return withoutEnd(this.#text.slice(from, this.#at - 1));
  }
}

/** All lines of bytes that end with a line feed. */
export function linesOf(memory: Uint8Array, encoding: LineEncoding, from: number, to: number): string[] {
  const lines = textOf(memory, encoding, from, to - 1).split('\n');
  for (let i = 0; i < lines.length; i++) lines[i] = withoutEnd(lines[i]);
  return lines;
}

function withoutEnd(line: string): string {
  return line.charCodeAt(line.length - 1) === CR ? line.slice(0, -1) : line;
}

const NodeBuffer = (globalThis as { Buffer?: typeof Buffer }).Buffer;

/** Some of the bytes as text. */
export function textOf(memory: Uint8Array, encoding: LineEncoding, from: number, to: number): string {
  if (NodeBuffer !== undefined) return (memory as Buffer).toString(encoding, from, to);
  return decode(memory.subarray(from, to), encoding === 'utf8' || encoding === 'utf-8' ? 'utf8' : 'latin1');
}
