import { copyOf, decode, invalidArgType, optionOf, outOfRange } from '@netstrata/stream-core';
import type { ByteReader } from '@netstrata/stream-core/reader';
import { checkStart, FIXED_SIZE, headerOfBlock, SIGNATURE } from './block.js';
import { invalidHeader, largeHeader } from './errors.js';
import type { ProxyHeader } from './header.js';
import { headerOfLine, LINE_START, LONGEST_LINE } from './line.js';

const LF = 0x0a;
const CR = 0x0d;

/** What a header of version 2 may have behind its first 16 bytes, when nothing else is said. */
const MOST_BEHIND = 4096;

/** How `parseProxyHeader` reads. */
export interface ParseOptions {
  /** What a header of version 2 may have behind its first 16 bytes: 4096 when not given, at most 65535. */
  readonly maxHeader?: number | undefined;
}

/** Throws ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE. */
export function maxHeaderOf(options: ParseOptions): number {
  const max: unknown = optionOf(options, 'maxHeader') ?? MOST_BEHIND;
  if (typeof max !== 'number') throw invalidArgType('options.maxHeader', 'of type number', max);
  if (!Number.isInteger(max) || max < 0 || max > 0xffff) throw outOfRange('options.maxHeader', 'an integer >= 0 && <= 65535', max);
  return max;
}

/**
 * Whether bytes begin a header: `'more'` while they may and it cannot be told yet, else the version, or `'none'`. Only the first bytes
 * count: 6 of version 1, 12 of version 2.
 */
export function startOf(bytes: Uint8Array): 1 | 2 | 'more' | 'none' {
  if (bytes.length === 0) return 'more';
  const start = bytes[0] === LINE_START[0] ? LINE_START : SIGNATURE;
  const size = Math.min(start.length, bytes.length);
  for (let i = 0; i < size; i++) if (bytes[i] !== start[i]) return 'none';
  if (size < start.length) return 'more';
  return start === LINE_START ? 1 : 2;
}

/**
 * Takes a header of version 1 or 2 from the bytes that a reader holds. `'more'`: it depends on bytes that have not come yet. `'none'`: they
 * are no header. In both cases nothing was taken. Nothing else depends on how the bytes were split.
 * @throws Error `ERR_PROXY_HEADER_INVALID`, `ERR_PROXY_HEADER_TOO_LARGE`: they have begun as a header
 * @example
 * ```js
 * import { ByteReader } from '@netstrata/stream-core/reader';
 * import { parseProxyHeader } from '@netstrata/transport-proxy-protocol';
 *
 * const reader = new ByteReader();
 * reader.push(new TextEncoder().encode('PROXY TCP4 203.0.113.7 10.0.0.1 40000 443\r\nhello'));
 * console.log(parseProxyHeader(reader).source.address, reader.length); // prints 203.0.113.7 5
 * ```
 */
export function parseProxyHeader(reader: ByteReader, options: ParseOptions = {}): ProxyHeader | 'more' | 'none' {
  const max = maxHeaderOf(options);
  const first = reader.peek(Math.min(reader.length, FIXED_SIZE))!;
  const start = startOf(first);
  if (start === 1) return takeLine(reader);
  return start === 2 ? takeBlock(reader, first, max) : start;
}

function takeLine(reader: ByteReader): ProxyHeader | 'more' {
  const bytes = reader.peek(Math.min(reader.length, LONGEST_LINE))!;
  const end = bytes.indexOf(LF);
  if (end < 0) {
    if (bytes.length === LONGEST_LINE) throw invalidHeader(`has no end within ${LONGEST_LINE} bytes`);
    return 'more';
  }
  if (bytes[end - 1] !== CR) throw invalidHeader('does not end in CRLF');
  const header = headerOfLine(decode(bytes.subarray(0, end - 1), 'latin1'));
  reader.skip(end + 1);
  return header;
}

function takeBlock(reader: ByteReader, first: Uint8Array, max: number): ProxyHeader | 'more' {
  checkStart(first);
  if (first.length < FIXED_SIZE) return 'more';
  const size = (first[14] << 8) | first[15];
  if (size > max) throw largeHeader(size, max);
  const bytes = reader.peek(FIXED_SIZE + size);
  if (bytes === null) return 'more';
  // What the header keeps of it holds nothing else: also not what came behind it.
  const header = headerOfBlock(copyOf(bytes));
  reader.skip(FIXED_SIZE + size);
  return header;
}
