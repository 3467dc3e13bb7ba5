/// <reference lib="esnext.disposable" preserve="true" />
import { EventEmitter, type AnyListener } from '../base/emitter.js';
import { abortError, invalidArgType, prematureClose } from '../base/errors.js';
import { bare, optionOf, optionsOf } from '../base/options.js';
import { awaitChannel, defaultMethods, emitClosed, engine } from '../base/symbols.js';
import { asBytes, isBytes, knownEncoding, view, type EncodingName } from '../bytes/bytes.js';
import { ChunkDecoder } from '../bytes/chunk-decoder.js';
import type { Channel } from '../contract/channel.js';
import type { DefaultMethods, Outgoing, Pending, Stream, WriteCallback } from '../contract/stream.js';
import { StreamEngine } from '../engine/stream-engine.js';
import { isPaused, onListener, onListenerRemoved, pause, resume } from '../read/flow-modes.js';
import { ReadSide } from '../read/read-side.js';
import * as reading from '../read/read-state.js';
import { gathersHere, turnOf } from '../flushing/turn.js';
import { WriteSide } from '../write/write-side.js';
import * as writing from '../write/write-state.js';
import { DUPLEX_OPTIONS, waterMark, type DuplexOptions } from './duplex-options.js';
import { iterate, type IteratorOptions } from './iterate.js';
import { takeMethodsOfNode, type MethodsOfNode } from './methods-of-node.js';
import { PipeTarget, type PipeOptions, type WritableLike } from './pipe.js';

/** The rest of what a stream of Node's has, on Node. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- `takeMethodsOfNode` puts them there
export interface Duplex extends MethodsOfNode {}

/**
 * A byte stream in both directions over a Channel, with the contract of Node's `stream.Duplex` for bytes: events and
 * their order, flow, water marks, half-open, lifecycle. `stream.pipeline`, `stream.finished`, `Readable.toWeb` and
 * friends work on it. No object mode.
 * @example
 * ```js
 * import { Duplex, WRITE_DONE } from '@netstrata/stream-core';
 *
 * class Console {
 *   sink = null; // the Duplex sets it, and is told through it
 *   bytesRead = 0;
 *   bytesWritten = 0;
 *   write(chunk) {
 *     this.bytesWritten += chunk.length;
 *     console.log(`wrote ${chunk.length} bytes`); // prints wrote 5 bytes
 *     return WRITE_DONE; // or WRITE_PENDING, and sink.onWriteDone() later
 *   }
 *   writev(chunks) {
 *     for (const chunk of chunks) this.write(chunk);
 *     return WRITE_DONE;
 *   }
 *   readStart() {}
 *   readStop() {}
 *   shutdown() { queueMicrotask(() => this.sink.onShutdownDone()); }
 *   close() { queueMicrotask(() => this.sink.onClose(null)); }
 *   abort() { this.close(); }
 *   ref() {}
 *   unref() {}
 * }
 *
 * new Duplex(new Console()).end('hello');
 * ```
 */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- as above
export class Duplex extends EventEmitter implements Stream {
  declare readonly [engine]: StreamEngine;
  declare readonly [defaultMethods]: DefaultMethods;
  /** @internal */
  declare readonly _readableState: ReadSide;
  /** @internal */
  declare readonly _writableState: WriteSide;
  /** Whether the stream stays writable when its peer has ended. */
  declare allowHalfOpen: boolean;

  /** A stream over `channel`, or, with null, one that waits until `attach` gives it one. */
  constructor(channel: Channel | null = null, options?: DuplexOptions) {
    const given = optionsOf(options, DUPLEX_OPTIONS);
    super(given);
    initDuplex(this, channel, given);
  }

  /** Gives a stream that was made without a channel its channel. */
  attach(channel: Channel): void {
    this[engine].attach(channel);
  }

  // Accessors are also read from the prototype, which is no stream: then they give what Node's do, or throw as those.

  // ---- reading ------------------------------------------------------------------------------------------------------

  /** Whether `read` may be called: not destroyed, not ended, no error. */
  get readable(): boolean {
    const side = this._readableState;
    return side !== undefined && side.readable && !side.destroyed && !side.errorEmitted && !side.endEmitted;
  }
  set readable(on: boolean) { this._readableState.readable = on; }
  /** True while 'data' flows, false while it is paused, null before anything has decided that. */
  get readableFlowing(): boolean | null { return this._readableState.flowing; }
  set readableFlowing(flowing: unknown) { this._readableState.flowing = flowing == null ? null : Boolean(flowing); }
  /** Bytes, or characters with an encoding, that wait to be read. */
  get readableLength(): number { return this._readableState.length; }
  /** Bytes that may wait to be read before the channel is stopped. */
  get readableHighWaterMark(): number { return this._readableState.highWaterMark; }
  /** Whether 'end' was emitted. */
  get readableEnded(): boolean { return this._readableState?.endEmitted ?? false; }
  /** The encoding of `setEncoding`, or null. */
  get readableEncoding(): EncodingName | null { return (this._readableState?.encoding ?? null) as EncodingName | null; }
  /** Always false. */
  get readableObjectMode(): boolean { return false; }
  /** What waits to be read. For debugging. */
  get readableBuffer(): unknown { return this._readableState?.buffer; }
  /** Whether 'data' was emitted or `read` has returned something. */
  get readableDidRead(): boolean { return this._readableState.dataEmitted; }
  /** Whether it was destroyed or has failed before 'end'. */
  get readableAborted(): boolean {
    const side = this._readableState;
    return side.readable && (side.destroyed || side.errored !== null) && !side.endEmitted;
  }

  /** Takes what waits: all of it, or `size` bytes; null where there is not so much. Bytes, or text with an encoding. */
  read(size?: number): any { // eslint-disable-line @typescript-eslint/no-explicit-any -- as Node's types: Buffer or string by encoding
    return this._readableState.read(size);
  }

  /** Puts a chunk at the end of what is read, for a subclass with a `_read` of its own; null ends it. False asks to stop. */
  push(chunk: Uint8Array | string | null, encoding?: EncodingName): boolean {
    const side = this._readableState;
    if (chunk === null) return side.push(null);
    const piece = incoming(chunk, encoding, this);
    return piece === null ? false : side.push(piece);
  }

  /** Puts a chunk back, to be read first. */
  unshift(chunk: Uint8Array | string | null, encoding?: EncodingName): boolean {
    const side = this._readableState;
    if (chunk === null) return side.push(null);
    const piece = incoming(chunk, encoding, this);
    // Text joins text, while bytes stay bytes: as in Node's streams.
    return piece === null ? false : side.unshift(typeof chunk === 'string' ? side.asText(piece) : piece);
  }

  /** Stops 'data'. The channel is stopped when `readableHighWaterMark` bytes wait. */
  pause(): this {
    pause(this._readableState);
    return this;
  }

  /** Lets 'data' flow. */
  resume(): this {
    resume(this._readableState);
    return this;
  }

  /** Whether `pause` was called, and `resume` not since. */
  isPaused(): boolean {
    return isPaused(this._readableState);
  }

  /** Makes what is read text in an encoding, utf8 by default. Characters that are cut between chunks are put together. */
  setEncoding(encoding?: EncodingName): this {
    this._readableState.setEncoding(encoding);
    return this;
  }

  /**
   * Writes all that is read to another stream, at its speed.
   * @returns the destination
   */
  pipe<T extends WritableLike>(destination: T, options?: PipeOptions): T {
    const side = this._readableState;
    const target = new PipeTarget(this, destination);
    (side.pipeTargets ??= []).push(target);
    target.start(options);
    return destination;
  }

  /** Undoes `pipe`, to one destination or to all. */
  unpipe(destination?: WritableLike): this {
    const side = this._readableState;
    const targets = side.pipeTargets ?? [];
    if (targets.length === 0) return this;
    const at = destination === undefined ? 0 : targets.findIndex((target) => target.destination === destination);
    if (at < 0) return this;
    const leaving = destination === undefined ? targets : [targets[at]];
    const staying = destination === undefined ? [] : targets.filter((_, i) => i !== at);
    side.pipeTargets = staying.length > 0 ? staying : null;
    if (destination === undefined || staying.length === 0) this.pause();
    for (const target of leaving) target.destination.emit('unpipe', this, { hasUnpiped: false });
    return this;
  }

  /**
   * The chunks in order, for `for await`; with `destroyOnReturn: false` the stream lives on when a loop is left early.
   * @throws TypeError `ERR_INVALID_ARG_TYPE` for options that are no object
   */
  iterator(options?: IteratorOptions): AsyncGenerator<any, undefined> { // eslint-disable-line @typescript-eslint/no-explicit-any
    if (options !== undefined && (typeof options !== 'object' || options === null || Array.isArray(options))) {
      throw invalidArgType('options', 'of type object', options);
    }
    return iterate(this, options === undefined || optionOf(options, 'destroyOnReturn') !== false);
  }

  /** The chunks in order, for `for await`. Leaving the loop destroys the stream. */
  [Symbol.asyncIterator](): AsyncGenerator<any, undefined> { // eslint-disable-line @typescript-eslint/no-explicit-any
    return iterate(this, true);
  }

  /** Adds a listener. Those of 'data' and 'readable' let the stream read. */
  override on(event: string | symbol, listener: AnyListener): this {
    super.on(event, listener);
    onListener(this._readableState, event);
    return this;
  }

  /** The same as `on`. */
  override addListener(event: string | symbol, listener: AnyListener): this {
    return this.on(event, listener);
  }

  /** Removes a listener. */
  override removeListener(event: string | symbol, listener: AnyListener): this {
    super.removeListener(event, listener);
    onListenerRemoved(this._readableState, event);
    return this;
  }

  /** The same as `removeListener`. */
  override off(event: string | symbol, listener: AnyListener): this {
    return this.removeListener(event, listener);
  }

  /** Removes all listeners, or those of one event. */
  override removeAllListeners(event?: string | symbol): this {
    if (arguments.length === 0) super.removeAllListeners();
    else super.removeAllListeners(event);
    onListenerRemoved(this._readableState, event);
    return this;
  }

  // ---- writing ------------------------------------------------------------------------------------------------------

  /** Whether `write` may be called: not destroyed, not ended, no error. */
  get writable(): boolean {
    const side = this._writableState;
    return side !== undefined && side.writable && !side.destroyed && side.errored === null && !side.ending && !side.ended;
  }
  set writable(on: boolean) { this._writableState.writable = on; }
  /** Bytes that wait to be sent. */
  get writableLength(): number { return this._writableState?.length; }
  /** Bytes that may wait before `write` returns false. */
  get writableHighWaterMark(): number { return this._writableState?.highWaterMark; }
  /** Whether `end` was called. */
  get writableEnded(): boolean { return this._writableState?.ending ?? false; }
  /** Whether everything was sent, and 'finish' is due or was emitted. */
  get writableFinished(): boolean { return this._writableState?.finished ?? false; }
  /** How many `uncork` are missing. */
  get writableCorked(): number { return this._writableState?.corked ?? 0; }
  /** Always false. */
  get writableObjectMode(): boolean { return false; }
  /** What waits to be sent. For debugging. */
  get writableBuffer(): unknown { return this._writableState?.getBuffer(); }
  /** Whether `write` has returned false, and 'drain' has not been emitted since. */
  get writableNeedDrain(): boolean {
    const side = this._writableState;
    return side !== undefined && !side.destroyed && !side.ending && side.needDrain;
  }

  /**
   * Sends a chunk: bytes, which must not change until the callback, or text in an encoding.
   * @returns false when as many bytes wait as the high-water mark: wait for 'drain'
   */
  write(chunk: Uint8Array | string, callback?: WriteCallback): boolean;
  write(chunk: Uint8Array | string, encoding?: EncodingName | null, callback?: WriteCallback): boolean;
  write(chunk: unknown, encoding?: unknown, callback?: unknown): boolean {
    return this._writableState.write(chunk, encoding, callback);
  }

  /** Sends a last chunk, if one is given, and ends the writing side. The callback is called at 'finish', or with an error. */
  end(callback?: () => void): this;
  end(chunk: Uint8Array | string, callback?: () => void): this;
  end(chunk: Uint8Array | string, encoding?: EncodingName, callback?: () => void): this;
  end(chunk?: unknown, encoding?: unknown, callback?: unknown): this {
    this._writableState.end(chunk, encoding, callback);
    return this;
  }

  /** Holds writes back until `uncork`, so that they leave together. */
  cork(): void {
    this._writableState.cork();
  }

  /** Sends what `cork` has held back, when it was called as often. */
  uncork(): void {
    this._writableState.uncork();
  }

  /**
   * The encoding of text that is written without one.
   * @throws TypeError `ERR_UNKNOWN_ENCODING`
   */
  setDefaultEncoding(encoding: EncodingName): this {
    this._writableState.defaultEncoding = knownEncoding(encoding).toLowerCase();
    return this;
  }

  // ---- lifecycle ----------------------------------------------------------------------------------------------------

  /** Whether `destroy` was called. */
  get destroyed(): boolean { return this[engine]?.destroyed ?? false; }
  set destroyed(on: boolean) { this[engine].destroyed = on; }
  /** Whether the stream is closed: 'close' was emitted or is due. */
  get closed(): boolean { return this[engine]?.closed ?? false; }
  /** What the stream was destroyed with, or null. */
  get errored(): Error | null { return this[engine]?.errored ?? null; }

  /** Closes the channel and drops what waits; emits 'error' where one is given, then 'close'. */
  destroy(error?: Error | null, callback?: (error?: Error | null) => void): this {
    this[engine].destroy(error ? error : null, callback);
    return this;
  }

  /** Rejections of async listeners, where the emitter captures them. */
  [Symbol.for('nodejs.rejection')](error: Error): void {
    this.destroy(error);
  }

  /** Destroys the stream, with an AbortError unless it has ended; fulfilled when it is closed. For `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    const streamEngine = this[engine];
    const abort = this.readableEnded || this.destroyed ? null : abortError();
    if (!this.destroyed) this.destroy(abort);
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        const { errored, readSide, writeSide } = streamEngine;
        const unfinished = (readSide.readable && !readSide.endEmitted) || (writeSide.writable && !writeSide.finished);
        if (errored !== null && errored !== abort) reject(errored);
        else if (errored === null && unfinished) reject(prematureClose());
        else resolve();
      };
      if (streamEngine.gone) {
        settle();
        return;
      }
      this.on('error', settle);
      this.once('close', settle);
    });
  }

  /** @internal What is to go on once there is a channel: with the one that `attach` gives. */
  [awaitChannel](pending: Pending): void {
    this[engine].keepPending(pending);
  }

  /** @internal */
  [emitClosed](_hadError: boolean): void {
    if (this[engine].emitClose) this.emit('close');
  }

  // ---- what a subclass may replace, as in Node's streams --------------------------------------------------------------

  /** Asks for bytes. A channel continues without further calls once it was started. */
  _read(_size: number): void {
    this._readableState.startChannel();
  }

  /** Writes to the channel; while there is none, the write waits for `attach`. */
  _write(chunk: Uint8Array | string, encoding: string, callback: WriteCallback): void {
    // As Node: a class may give only `_writev`.
    if (typeof this._writev === 'function' && this._writev !== this[defaultMethods]._writev) this._writev([{ chunk, encoding }], callback);
    else this[engine].writeThrough([{ chunk, encoding }], callback);
  }

  /** Writes several chunks at once, where a subclass has it. */
  _writev?(chunks: Outgoing[], callback: WriteCallback): void;

  /** @internal What `_write` and `_writev` of a subclass come through. */
  _writeGeneric?(several: boolean, data: Uint8Array | string | Outgoing[], encoding: string, callback: WriteCallback): void;

  /** Ends the writing direction of the channel. */
  _final(callback: WriteCallback): void {
    this[engine].shutdown(callback);
  }

  /** Closes the channel. */
  _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this[engine].release();
    callback(error);
  }
}

takeMethodsOfNode(Duplex.prototype);

// Two copies of this package in one process recognise each other's streams.
const brand = Symbol.for('netstrata.Duplex');
const inherits = Function.prototype[Symbol.hasInstance];
Object.defineProperty(Duplex.prototype, brand, bare({ value: true }));
Object.defineProperty(Duplex, Symbol.hasInstance, bare({
  value(this: unknown, value: unknown): boolean {
    if (inherits.call(this as () => void, value)) return true;
    return this === Duplex && typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[brand] === true;
  },
}));
Object.defineProperty(Duplex.prototype, defaultMethods, bare({ value: defaultMethodsOf(Duplex.prototype), configurable: true }));

/** @internal */
export function defaultMethodsOf(prototype: Pick<Duplex, keyof DefaultMethods>): DefaultMethods {
  const { _read, _write, _writev, _writeGeneric, write, push } = prototype;
  return { _read, _write, _writev, _writeGeneric, write, push };
}

/**
 * @internal Makes a Duplex of an object that is an EventEmitter already: for constructors that are called without `new`. The options must
 * inherit nothing (`bare`).
 */
export function initDuplex(duplex: Duplex, channel: Channel | null, options: DuplexOptions): void {
  const streamEngine = new StreamEngine(duplex, turnOf(options.clock), options.autoDestroy !== false, options.emitClose !== false);
  const mutable = duplex as { -readonly [K in keyof Duplex]: Duplex[K] };
  streamEngine.readSide = new ReadSide(streamEngine, waterMark('readableHighWaterMark', options), readBits(options));
  if (options.encoding) streamEngine.readSide.decoder = new ChunkDecoder(options.encoding, options.encoding);
  streamEngine.writeSide = new WriteSide(streamEngine, waterMark('writableHighWaterMark', options), writeBits(duplex, options));
  if (options.defaultEncoding != null) {
    const value = knownEncoding(options.defaultEncoding);
    streamEngine.writeSide.defaultEncoding = value;
    // Of few streams, which alone have the property.
    Object.defineProperty(streamEngine.readSide, 'defaultEncoding', bare({ value, writable: true, enumerable: true, configurable: true }));
  }
  mutable[engine] = streamEngine;
  mutable._readableState = streamEngine.readSide;
  mutable._writableState = streamEngine.writeSide;
  mutable.allowHalfOpen = options.allowHalfOpen !== false;
  if (channel !== null) streamEngine.attach(channel);
}

function readBits({ readable, readsChunks, pooledReads }: DuplexOptions): number {
  return (
    (readable === false ? reading.DISABLED : 0) |
    (readsChunks === true ? reading.READS_CHUNKS : 0) |
    (pooledReads === true ? reading.POOLED : 0)
  );
}

function writeBits(duplex: Duplex, { writable, decodeStrings, gather }: DuplexOptions): number {
  const ours = duplex[defaultMethods];
  const isCustom = duplex._write !== ours._write || duplex._writev !== ours._writev;
  return (
    (writable === false ? writing.DISABLED : 0) |
    (decodeStrings === false ? 0 : writing.DECODE_STRINGS) |
    (isCustom && duplex._final === Duplex.prototype._final ? writing.NO_FINAL : 0) |
    (gather !== false && gathersHere() ? 0 : writing.NO_GATHER)
  );
}

/** A chunk that the user puts into the reading side: bytes, or text in the stream's own encoding. Null for what it cannot take. */
function incoming(chunk: unknown, encoding: string | undefined, duplex: Duplex): Uint8Array | string | null {
  if (typeof chunk === 'string') {
    const side = duplex._readableState;
    return side.textIn(chunk, typeof encoding === 'string' && encoding !== '' ? encoding : side.defaultEncoding);
  }
  if (isBytes(chunk)) return view(asBytes(chunk));
  // As Node: undefined is no chunk, other values end the stream.
  if (chunk === undefined) return '';
  duplex[engine].fail(invalidArgType('chunk', 'of type string or an instance of Buffer, TypedArray, or DataView', chunk), true);
  return null;
}
