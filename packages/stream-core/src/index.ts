/**
 * Byte streams with the contract of Node's `stream.Duplex`, over anything that moves bytes, on any runtime. What a program needs is
 * `Duplex`, `duplexPair` and the types of a `Channel`; the rest is for packages that build sockets and transports on it.
 *
 * @example
 * ```js
 * import { duplexPair } from '@netstrata/stream-core';
 *
 * const [client, server] = duplexPair();
 * server.on('data', (chunk) => server.write(`you said ${chunk}`));
 * server.on('end', () => server.end());
 *
 * client.setEncoding('utf8');
 * client.on('data', (text) => console.log(text)); // prints you said hello
 * client.end('hello');
 * ```
 * @packageDocumentation
 */
export {
  WRITE_DONE, WRITE_PENDING, type Borrowing, type Channel, type ChannelEncoding, type ChannelSink, type WriteStatus,
} from './contract/channel.js';
export { ByteQueue, TextQueue } from './bytes/byte-queue.js';
export { ChunkDecoder } from './bytes/chunk-decoder.js';
export { handOver } from './read/flow-modes.js';
export { ReadSide } from './read/read-side.js';
export { WriteSide } from './write/write-side.js';
export type { DefaultMethods, Outgoing, Pending, WriteCallback } from './contract/stream.js';
export { Duplex, initDuplex, defaultMethodsOf } from './duplex/duplex.js';
export type { DuplexOptions } from './duplex/duplex-options.js';
export { EventEmitter, type AnyListener, type EventEmitterConstructor } from './base/emitter.js';
export { bare, bareClass, descriptorOf, hasOption, optionOf, optionsOf, plainOptions } from './base/options.js';
export { environment } from './base/process.js';
export { awaitChannel, defaultMethods, emitClosed, engine } from './base/symbols.js';
export type { IdleTimer } from './contract/engine.js';
export { StreamEngine } from './engine/stream-engine.js';
export { duplexPair } from './duplex/duplex-pair.js';
export { immediate, nextTick, now, type NextTick, type StreamClock } from './base/clock.js';
export { flushAll, holding, type Gathering } from './flushing/gathering.js';
export { isEnding } from './flushing/process-end.js';
export { keepHere } from './bytes/untransferable.js';
export { asText, showWith, type Show } from './base/show.js';
export {
  bytesGone, codedError, describe, invalidArgType, invalidArgValue, isError, outOfRange, streamDestroyed, type CodedError,
} from './base/errors.js';
export {
  allocate, asBytes, byteLength, copyInto, copyOf, decode, encode, encodingName, honest, isByteArray, isBytes, joined, partOf, sizeOf,
  type Encoding, type EncodingName,
} from './bytes/bytes.js';
export type { PipeOptions, WritableLike } from './duplex/pipe.js';
export type { IteratorOptions } from './duplex/iterate.js';
