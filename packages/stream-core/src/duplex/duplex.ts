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
 */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- as above
export class Duplex extends EventEmitter implements Stream {
  declare readonly [engine]: StreamEngine;
  declare readonly [defaultMethods]: DefaultMethods;
  declare readonly _readableState: ReadSide;
  declare readonly _writableState: WriteSide;
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

  get readable(): boolean {
    const side = this._readableState;
    return side !== undefined && side.readable && !side.destroyed && !side.errorEmitted && !side.endEmitted;
  }
  set readable(on: boolean) { this._readableState.readable = on; }
  get readableFlowing(): boolean | null { return this._readableState.flowing; }
  set readableFlowing(flowing: unknown) { this._readableState.flowing = flowing == null ? null : Boolean(flowing); }
  get readableLength(): number { return this._readableState.length; }
  get readableHighWaterMark(): number { return this._readableState.highWaterMark; }
  get readableEnded(): boolean { return this._readableState?.endEmitted ?? false; }
  get readableEncoding(): EncodingName | null { return (this._readableState?.encoding ?? null) as EncodingName | null; }
  get readableObjectMode(): boolean { return false; }
  get readableBuffer(): unknown { return this._readableState?.buffer; }
  get readableDidRead(): boolean { return this._readableState.dataEmitted; }
  get readableAborted(): boolean {
    const side = this._readableState;
    return side.readable && (side.destroyed || side.errored !== null) && !side.endEmitted;
  }

  read(size?: number): any { // eslint-disable-line @typescript-eslint/no-explicit-any -- as Node's types: Buffer or string by encoding
    return this._readableState.read(size);
  }

  push(chunk: Uint8Array | string | null, encoding?: EncodingName): boolean {
    const side = this._readableState;
    if (chunk === null) return side.push(null);
    const piece = incoming(chunk, encoding, this);
    return piece === null ? false : side.push(piece);
  }

  unshift(chunk: Uint8Array | string | null, encoding?: EncodingName): boolean {
    const side = this._readableState;
    if (chunk === null) return side.push(null);
    const piece = incoming(chunk, encoding, this);
    // Text joins text, while bytes stay bytes: as in Node's streams.
    return piece === null ? false : side.unshift(typeof chunk === 'string' ? side.asText(piece) : piece);
  }

  pause(): this {
    pause(this._readableState);
    return this;
  }

  resume(): this {
    resume(this._readableState);
    return this;
  }

  isPaused(): boolean {
    return isPaused(this._readableState);
  }

  setEncoding(encoding?: EncodingName): this {
    this._readableState.setEncoding(encoding);
    return this;
  }

  pipe<T extends WritableLike>(destination: T, options?: PipeOptions): T {
    const side = this._readableState;
    const target = new PipeTarget(this, destination);
    (side.pipeTargets ??= []).push(target);
    target.start(options);
    return destination;
  }

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

  iterator(options?: IteratorOptions): AsyncGenerator<any, undefined> { // eslint-disable-line @typescript-eslint/no-explicit-any
    if (options !== undefined && (typeof options !== 'object' || options === null || Array.isArray(options))) {
      throw invalidArgType('options', 'of type object', options);
    }
    return iterate(this, options === undefined || optionOf(options, 'destroyOnReturn') !== false);
  }

  [Symbol.asyncIterator](): AsyncGenerator<any, undefined> { // eslint-disable-line @typescript-eslint/no-explicit-any
    return iterate(this, true);
  }

  override on(event: string | symbol, listener: AnyListener): this {
    super.on(event, listener);
    onListener(this._readableState, event);
    return this;
  }

  override addListener(event: string | symbol, listener: AnyListener): this {
    return this.on(event, listener);
  }

  override removeListener(event: string | symbol, listener: AnyListener): this {
    super.removeListener(event, listener);
    onListenerRemoved(this._readableState, event);
    return this;
  }

  override off(event: string | symbol, listener: AnyListener): this {
    return this.removeListener(event, listener);
  }

  override removeAllListeners(event?: string | symbol): this {
    if (arguments.length === 0) super.removeAllListeners();
    else super.removeAllListeners(event);
    onListenerRemoved(this._readableState, event);
    return this;
  }

  // ---- writing ------------------------------------------------------------------------------------------------------

  get writable(): boolean {
    const side = this._writableState;
    return side !== undefined && side.writable && !side.destroyed && side.errored === null && !side.ending && !side.ended;
  }
  set writable(on: boolean) { this._writableState.writable = on; }
  get writableLength(): number { return this._writableState?.length; }
  get writableHighWaterMark(): number { return this._writableState?.highWaterMark; }
  get writableEnded(): boolean { return this._writableState?.ending ?? false; }
  get writableFinished(): boolean { return this._writableState?.finished ?? false; }
  get writableCorked(): number { return this._writableState?.corked ?? 0; }
  get writableObjectMode(): boolean { return false; }
  get writableBuffer(): unknown { return this._writableState?.getBuffer(); }
  get writableNeedDrain(): boolean {
    const side = this._writableState;
    return side !== undefined && !side.destroyed && !side.ending && side.needDrain;
  }

  write(chunk: Uint8Array | string, callback?: WriteCallback): boolean;
  write(chunk: Uint8Array | string, encoding?: EncodingName | null, callback?: WriteCallback): boolean;
  write(chunk: unknown, encoding?: unknown, callback?: unknown): boolean {
    return this._writableState.write(chunk, encoding, callback);
  }

  end(callback?: () => void): this;
  end(chunk: Uint8Array | string, callback?: () => void): this;
  end(chunk: Uint8Array | string, encoding?: EncodingName, callback?: () => void): this;
  end(chunk?: unknown, encoding?: unknown, callback?: unknown): this {
    this._writableState.end(chunk, encoding, callback);
    return this;
  }

  cork(): void {
    this._writableState.cork();
  }

  uncork(): void {
    this._writableState.uncork();
  }

  setDefaultEncoding(encoding: EncodingName): this {
    this._writableState.defaultEncoding = knownEncoding(encoding).toLowerCase();
    return this;
  }

  // ---- lifecycle ----------------------------------------------------------------------------------------------------

  get destroyed(): boolean { return this[engine]?.destroyed ?? false; }
  set destroyed(on: boolean) { this[engine].destroyed = on; }
  get closed(): boolean { return this[engine]?.closed ?? false; }
  get errored(): Error | null { return this[engine]?.errored ?? null; }

  destroy(error?: Error | null, callback?: (error?: Error | null) => void): this {
    this[engine].destroy(error ? error : null, callback);
    return this;
  }

  /** Rejections of async listeners, where the emitter captures them. */
  [Symbol.for('nodejs.rejection')](error: Error): void {
    this.destroy(error);
  }

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
