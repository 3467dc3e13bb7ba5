/**
 * Reads a stream by lines, lengths, delimiters and frames, in order and with limits; `ByteReader` does it for bytes that are pushed.
 *
 * @example
 * ```js
 * import { duplexPair } from '@netstrata/stream-core';
 * import { reader } from '@netstrata/stream-core/reader';
 *
 * const [client, server] = duplexPair();
 * client.end('HELO example.org\r\nDATA\r\nrest');
 *
 * const from = reader(server);
 * console.log(await from.readLine()); // prints HELO example.org
 * console.log(await from.readLine({ max: 512 })); // prints DATA
 * console.log(String(await from.read())); // prints rest
 * ```
 * @packageDocumentation
 */
export { ByteReader } from '../byte-reader/byte-reader.js';
export type { Delimiter, Endian } from '../byte-reader/arguments.js';
export type { ReaderIncompleteError, ReaderLimitError } from '../byte-reader/errors.js';
export type { LineEncoding } from '../byte-reader/line-text.js';
export type { Parts } from './parts.js';
export type { ReadableLike } from './source.js';
export { reader, type FrameOptions, type LineOptions, type ReadOptions, type StreamReader } from './stream-reader.js';
export type { SignalLike, WaitOptions } from './waiting.js';
