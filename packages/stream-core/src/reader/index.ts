export { ByteReader } from '../byte-reader/byte-reader.js';
export type { Delimiter, Endian } from '../byte-reader/arguments.js';
export type { ReaderIncompleteError, ReaderLimitError } from '../byte-reader/errors.js';
export type { LineEncoding } from '../byte-reader/line-text.js';
export type { Parts } from './parts.js';
export type { ReadableLike } from './source.js';
export { reader, type FrameOptions, type LineOptions, type ReadOptions, type StreamReader } from './stream-reader.js';
export type { SignalLike, WaitOptions } from './waiting.js';
