import { decode, encodingName, joined, type Encoding } from './bytes.js';
import { unknownEncoding } from '../base/errors.js';

/** Bytes to text, chunk by chunk, never splitting a character: the tail of an unfinished one waits for the next chunk. */
export class ChunkDecoder {
  /** What it decodes. */
  readonly encoding: Encoding;
  #tail: Uint8Array | null = null;

  /** The name that the user has given, which may be another spelling. */
  readonly name: string;

  /** Throws ERR_UNKNOWN_ENCODING. */
  constructor(encoding: string | undefined, name?: string) {
    const canonical = encoding == null || encoding === '' ? 'utf8' : encodingName(encoding);
    if (canonical === undefined) throw unknownEncoding(encoding);
    this.encoding = canonical;
    this.name = name ?? canonical;
  }

  /** The text of a chunk, without a character at its end that is not complete: that comes with the next chunk. */
  write(chunk: Uint8Array): string {
    const bytes = this.#tail === null ? chunk : joined([this.#tail, chunk]);
    const whole = bytes.length - unfinished(bytes, this.encoding);
    // A copy, which Buffer's own slice is not: the chunk may be large, or used again.
    this.#tail = whole === bytes.length ? null : Uint8Array.prototype.slice.call(bytes, whole);
    return decode(bytes.subarray(0, whole), this.encoding);
  }

  /** What was held back, as far as it can be shown. */
  end(): string {
    const tail = this.#tail;
    this.#tail = null;
    return tail === null ? '' : decode(tail, this.encoding);
  }
}

/** How many bytes at the end belong to a character that has not fully arrived. */
function unfinished(bytes: Uint8Array, encoding: Encoding): number {
  switch (encoding) {
    case 'utf8':
      return unfinishedUtf8(bytes);
    case 'utf16le': {
      const odd = bytes.length % 2;
      const high = bytes[bytes.length - odd - 1];
      return (high & 0xfc) === 0xd8 ? odd + 2 : odd;
    }
    case 'base64':
    case 'base64url':
      return bytes.length % 3;
    default:
      return 0;
  }
}

/** RFC 3629: a lead byte says how many bytes its character has; it can be three places back at the most. */
function unfinishedUtf8(bytes: Uint8Array): number {
  for (let back = 1; back <= 3; back++) {
    const byte = bytes[bytes.length - back];
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      const size = byte >= 0xf8 ? 1 : byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return size > back ? back : 0;
    }
  }
  return 0;
}
