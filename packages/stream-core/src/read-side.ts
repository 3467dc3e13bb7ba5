import { encode, encodingName, view, type Encoding } from './bytes.js';
import { ByteQueue, TextQueue } from './byte-queue.js';
import { ChunkDecoder } from './chunk-decoder.js';
import type { DuplexCore } from './duplex-core.js';
import { outOfRange, pushAfterEof, unshiftAfterEnd } from './errors.js';
import type { PipeTarget } from './pipe.js';

/*
 * The state of the reading side, one bit each. Names follow the properties of Node's `_readableState`, which the getters
 * below give to code that looks there (`stream.finished`, `stream.pipeline`, drivers).
 */
/** No more bytes will be pushed. */
const ENDED = 1 << 0;
const END_EMITTED = 1 << 1;
/** `_read` was called and has not been answered by a push. */
const READING = 1 << 2;
/** Inside `_read`: what is pushed now must not be emitted at once. */
const SYNC = 1 << 3;
/** The next push shall emit 'readable'. */
const NEED_READABLE = 1 << 4;
/** A 'readable' event is scheduled or was not answered by a `read` yet. */
const EMITTED_READABLE = 1 << 5;
const READABLE_LISTENING = 1 << 6;
const RESUME_SCHEDULED = 1 << 7;
const READING_MORE = 1 << 8;
const DATA_EMITTED = 1 << 9;
/** `pause()` was called, and `resume()` not since. */
const PAUSED = 1 << 10;
/** The side was switched off when the stream was made (`readable: false`). */
const DISABLED = 1 << 11;
/** Bytes come from a channel, which goes on by itself, and not from `_read` calls answered by `push`. */
const FROM_CHANNEL = 1 << 12;
const CHANNEL_STARTED = 1 << 13;

const MAX_HIGH_WATER_MARK = 0x40000000;

/** The reading half of a Duplex: queue, flow, water mark, end. */
export class ReadSide {
  readonly core: DuplexCore;
  highWaterMark: number;
  flowing: boolean | null = null;
  decoder: ChunkDecoder | null = null;
  /** Targets of `pipe`. Allocated with the first. */
  pipeTargets: PipeTarget[] | null = null;
  #bits: number;
  /** Allocated when something first has to wait: an idle side stays small. */
  #queue: ByteQueue | TextQueue | null = null;

  constructor(core: DuplexCore, highWaterMark: number, disabled: boolean, custom: boolean) {
    this.core = core;
    this.highWaterMark = highWaterMark;
    this.#bits = (disabled ? DISABLED | ENDED | END_EMITTED : 0) | (custom ? SYNC : FROM_CHANNEL);
  }

  // ---- what the ecosystem reads -------------------------------------------------------------------------------------

  get objectMode(): boolean { return false; }
  get length(): number { return this.#queue === null ? 0 : this.#queue.length; }
  get ended(): boolean { return this.#has(ENDED); }
  get endEmitted(): boolean { return this.#has(END_EMITTED); }
  get reading(): boolean { return this.#has(READING | CHANNEL_STARTED); }
  get sync(): boolean { return this.#has(SYNC); }
  get needReadable(): boolean { return this.#has(NEED_READABLE); }
  get emittedReadable(): boolean { return this.#has(EMITTED_READABLE); }
  get readableListening(): boolean { return this.#has(READABLE_LISTENING); }
  get resumeScheduled(): boolean { return this.#has(RESUME_SCHEDULED); }
  get dataEmitted(): boolean { return this.#has(DATA_EMITTED); }
  get constructed(): boolean { return true; }
  get readable(): boolean { return !this.#has(DISABLED); }
  set readable(on: boolean) { this.#set(DISABLED, !on); }
  get encoding(): Encoding | null { return this.decoder === null ? null : this.decoder.encoding; }
  get pipes(): unknown[] { return this.pipeTargets === null ? [] : this.pipeTargets.map((target) => target.destination); }
  get buffer(): (Uint8Array | string)[] { return this.#queue === null ? [] : [...(this.#queue as Iterable<Uint8Array | string>)]; }
  get destroyed(): boolean { return this.core.destroyed; }
  get closed(): boolean { return this.core.closed; }
  get closeEmitted(): boolean { return this.core.closeEmitted; }
  get errored(): Error | null { return this.core.errored; }
  get errorEmitted(): boolean { return this.core.errorEmitted; }
  get autoDestroy(): boolean { return this.core.autoDestroy; }
  get emitClose(): boolean { return this.core.emitClose; }
  get paused(): boolean { return this.#has(PAUSED); }
  get defaultEncoding(): string { return 'utf8'; }

  #has(bits: number): boolean {
    return (this.#bits & bits) !== 0;
  }

  #set(bits: number, on: boolean): void {
    if (on) this.#bits |= bits;
    else this.#bits &= ~bits;
  }

  // ---- bytes in -----------------------------------------------------------------------------------------------------

  /** A chunk from the channel. */
  onData(chunk: Uint8Array): void {
    const { duplex } = this.core;
    if (this.core.idleTimer !== null) this.core.idleTimer.refresh();
    // Flowing, nothing queued, nothing to decode: straight to the listeners.
    if (this.flowing === true && this.decoder === null && this.length === 0 && duplex.listenerCount('data') > 0) {
      this.#bits |= DATA_EMITTED;
      if (this.pipeTargets !== null) this.#forgetWaiting();
      duplex.emit('data', view(chunk));
      return;
    }
    if (!this.push(view(chunk))) this.stopChannel();
  }

  /** The peer's FIN, from the channel. */
  onEnd(): void {
    if (this.core.idleTimer !== null) this.core.idleTimer.refresh();
    this.#set(CHANNEL_STARTED, false);
    this.push(null);
    this.read(0);
  }

  /** True while more is wanted. Null means the end. */
  push(chunk: Uint8Array | string | null): boolean {
    if (chunk === null) {
      this.#set(READING, false);
      this.#end();
      return false;
    }
    if (chunk.length === 0) {
      this.#set(READING, false);
      this.#maybeReadMore();
      return this.#wantsMore();
    }
    if (this.#has(ENDED)) {
      this.core.fail(pushAfterEof());
      return false;
    }
    if (this.destroyed || this.errored) return false;
    this.#set(READING, false);
    const piece = this.decoder === null ? (chunk as Uint8Array) : typeof chunk === 'string' ? chunk : this.decoder.write(chunk);
    if (piece.length > 0) this.#add(piece, false);
    else this.#maybeReadMore();
    return this.#wantsMore();
  }

  unshift(chunk: Uint8Array | string): boolean {
    if (chunk.length > 0) {
      if (this.#has(END_EMITTED)) this.core.fail(unshiftAfterEnd());
      else if (this.destroyed || this.errored) return false;
      else this.#add(this.decoder !== null && typeof chunk !== 'string' ? new ChunkDecoder(this.decoder.encoding).write(chunk) : chunk, true);
    }
    return this.#wantsMore();
  }

  #wantsMore(): boolean {
    return !this.#has(ENDED) && (this.length < this.highWaterMark || this.length === 0);
  }

  #add(piece: Uint8Array | string, front: boolean): void {
    const { duplex } = this.core;
    if (this.flowing === true && this.length === 0 && !this.#has(SYNC) && duplex.listenerCount('data') > 0) {
      this.#bits |= DATA_EMITTED;
      if (this.pipeTargets !== null) this.#forgetWaiting();
      duplex.emit('data', piece);
    } else {
      const queue = (this.#queue ??= this.decoder === null ? new ByteQueue() : new TextQueue()) as ByteQueue;
      if (front) queue.unshift(piece as Uint8Array);
      else queue.push(piece as Uint8Array);
      if (this.#has(NEED_READABLE)) this.#emitReadable();
    }
    this.#maybeReadMore();
  }

  #end(): void {
    if (this.#has(ENDED)) return;
    const rest = this.decoder === null ? '' : this.decoder.end();
    if (rest.length > 0) (this.#queue ??= new TextQueue() as ByteQueue | TextQueue).push(rest as never);
    this.#bits |= ENDED;
    if (this.#has(SYNC)) {
      this.#emitReadable();
      return;
    }
    this.#bits = (this.#bits & ~NEED_READABLE) | EMITTED_READABLE;
    emitReadableNow(this);
  }

  // ---- bytes out ----------------------------------------------------------------------------------------------------

  read(size?: number): Uint8Array | string | null {
    // As Node: undefined asks for what there is, other values count as parseInt takes them.
    const asked = size === undefined ? Number.NaN : Number.isInteger(size) ? size : Number.parseInt(String(size), 10);
    if (asked > this.highWaterMark) this.highWaterMark = raisedMark(asked);
    if (asked !== 0) this.#bits &= ~EMITTED_READABLE;
    if (asked === 0 && this.#has(NEED_READABLE) && ((this.highWaterMark === 0 ? this.length > 0 : this.length >= this.highWaterMark) || this.#has(ENDED))) {
      if (this.length === 0 && this.#has(ENDED)) this.#finish();
      else this.#emitReadable();
      return null;
    }
    let count = this.#available(asked);
    if (count === 0 && this.#has(ENDED)) {
      if (this.length === 0) this.#finish();
      return null;
    }
    if (this.#has(NEED_READABLE) || this.length === 0 || this.length - count < this.highWaterMark) {
      if (this.#fetch()) count = this.#available(asked);
    }
    return this.#take(asked, count);
  }

  #take(asked: number, count: number): Uint8Array | string | null {
    const piece = count > 0 ? this.#queue!.read(count) : null;
    if (piece === null) {
      this.#set(NEED_READABLE, this.length <= this.highWaterMark);
      count = 0;
    } else if (this.pipeTargets !== null) {
      this.#forgetWaiting();
    }
    if (this.length === 0) {
      if (!this.#has(ENDED)) this.#bits |= NEED_READABLE;
      if (asked !== count && this.#has(ENDED)) this.#finish();
    }
    if (piece !== null && this.errored === null && !this.closeEmitted) {
      this.#bits |= DATA_EMITTED;
      this.core.duplex.emit('data', piece);
    }
    return piece;
  }

  /** How much a `read(asked)` gives now. */
  #available(asked: number): number {
    if (asked <= 0 || (this.length === 0 && this.#has(ENDED))) return 0;
    if (Number.isNaN(asked)) return this.flowing === true && this.length > 0 ? this.#queue!.firstLength : this.length;
    if (asked <= this.length) return asked;
    return this.#has(ENDED) ? this.length : 0;
  }

  /** Asks the source for more, unless it is at it. True when it may have answered at once. */
  #fetch(): boolean {
    if (this.#has(ENDED | READING) || this.destroyed || this.errored !== null) return false;
    if (this.#has(FROM_CHANNEL)) {
      if (this.length === 0) this.#bits |= NEED_READABLE;
      this.startChannel();
      return false;
    }
    this.#bits |= READING | SYNC;
    if (this.length === 0) this.#bits |= NEED_READABLE;
    try {
      this.core.duplex._read(this.highWaterMark);
    } catch (error) {
      this.core.fail(error as Error);
    }
    this.#bits &= ~SYNC;
    return !this.#has(READING);
  }

  startChannel(): void {
    const { channel } = this.core;
    if (channel === null || this.#has(CHANNEL_STARTED | ENDED)) return;
    this.#bits |= CHANNEL_STARTED;
    channel.readStart();
  }

  stopChannel(): void {
    if (!this.#has(CHANNEL_STARTED)) return;
    this.#bits &= ~CHANNEL_STARTED;
    this.core.channel?.readStop();
  }

  /** A new channel takes the place of the old one: it is born stopped. */
  onAttach(): void {
    this.#bits &= ~CHANNEL_STARTED;
  }

  // ---- events -------------------------------------------------------------------------------------------------------

  #emitReadable(): void {
    this.#bits &= ~NEED_READABLE;
    if (this.#has(EMITTED_READABLE)) return;
    this.#bits |= EMITTED_READABLE;
    this.core.nextTick(emitReadableNow, this);
  }

  /** @internal */
  emitReadableNow(): void {
    if (!this.destroyed && this.errored === null && (this.length > 0 || this.#has(ENDED))) {
      this.core.duplex.emit('readable');
      this.#bits &= ~EMITTED_READABLE;
    }
    this.#set(NEED_READABLE, this.flowing !== true && !this.#has(ENDED) && this.length <= this.highWaterMark);
    this.flow();
  }

  flow(): void {
    const { duplex } = this.core;
    while (this.flowing === true && duplex.read() !== null);
  }

  /** Fills the queue up to the mark from a `_read` of the user's own; a channel goes on by itself. */
  #maybeReadMore(): void {
    if (this.#has(READING_MORE | FROM_CHANNEL)) return;
    this.#bits |= READING_MORE;
    this.core.nextTick(readMore, this);
  }

  /** @internal */
  readMore(): void {
    while (!this.reading && !this.#has(ENDED) && (this.length < this.highWaterMark || (this.flowing === true && this.length === 0))) {
      const before = this.length;
      this.core.duplex.read(0);
      if (this.length === before) break;
    }
    this.#bits &= ~READING_MORE;
  }

  #finish(): void {
    if (this.#has(END_EMITTED)) return;
    this.#bits |= ENDED;
    this.core.nextTick(emitEnd, this);
  }

  /** @internal */
  emitEnd(): void {
    const { duplex } = this.core;
    if (this.errored !== null || this.closeEmitted || this.#has(END_EMITTED) || this.length > 0) return;
    this.#bits |= END_EMITTED;
    duplex.emit('end');
    this.core.onReadEnd();
  }

  // ---- modes --------------------------------------------------------------------------------------------------------

  resume(): void {
    if (this.flowing !== true) {
      this.flowing = !this.#has(READABLE_LISTENING);
      if (!this.#has(RESUME_SCHEDULED)) {
        this.#bits |= RESUME_SCHEDULED;
        this.core.nextTick(resumeNow, this);
      }
    }
    this.#bits &= ~PAUSED;
  }

  /** @internal */
  resumeNow(): void {
    const { duplex } = this.core;
    if (!this.reading) duplex.read(0);
    this.#bits &= ~RESUME_SCHEDULED;
    duplex.emit('resume');
    this.flow();
    if (this.flowing === true && !this.reading) duplex.read(0);
  }

  pause(): void {
    if (this.flowing !== false) {
      this.flowing = false;
      this.core.duplex.emit('pause');
    }
    this.#bits |= PAUSED;
  }

  isPaused(): boolean {
    return this.#has(PAUSED) || this.flowing === false;
  }

  onListener(event: string | symbol): void {
    if (event === 'data') {
      this.#set(READABLE_LISTENING, this.core.duplex.listenerCount('readable') > 0);
      if (this.flowing !== false) this.core.duplex.resume();
    } else if (event === 'readable' && !this.#has(END_EMITTED | READABLE_LISTENING)) {
      this.#bits = (this.#bits | READABLE_LISTENING | NEED_READABLE) & ~EMITTED_READABLE;
      this.flowing = false;
      if (this.length > 0) this.#emitReadable();
      else if (!this.reading) this.core.nextTick(readNothing, this);
    }
  }

  onListenerRemoved(event: string | symbol | undefined): void {
    // After the removal is complete: removeListener and on in one tick must not stop the flow.
    if (event === 'readable' || event === undefined) this.core.nextTick(updateReadableListening, this);
  }

  /** @internal */
  updateReadableListening(): void {
    this.#set(READABLE_LISTENING, this.core.duplex.listenerCount('readable') > 0);
    if (this.#has(RESUME_SCHEDULED) && !this.#has(PAUSED)) this.flowing = true;
    else if (this.core.duplex.listenerCount('data') > 0) this.core.duplex.resume();
    else if (!this.#has(READABLE_LISTENING)) this.flowing = null;
  }

  setEncoding(encoding: string | undefined): void {
    const decoder = new ChunkDecoder(encoding);
    const queue = new TextQueue();
    for (const chunk of this.#queue ?? []) {
      const text = typeof chunk === 'string' ? chunk : decoder.write(chunk);
      if (text.length > 0) queue.push(text);
    }
    this.decoder = decoder;
    this.#queue = queue;
  }

  /** Text that the user puts in, as this side holds it. */
  textIn(text: string, encoding: string): Uint8Array | string {
    return this.decoder !== null && encodingName(encoding) === this.decoder.encoding ? text : encode(text, encoding);
  }

  /** For a stream that starts over. */
  restart(): void {
    this.#bits &= ~(ENDED | END_EMITTED | READING | CHANNEL_STARTED);
    if (this.#has(DISABLED)) this.#bits |= ENDED | END_EMITTED;
  }

  #forgetWaiting(): void {
    for (const target of this.pipeTargets!) target.waiting = false;
  }
}

function emitReadableNow(side: ReadSide): void { side.emitReadableNow(); }
function readMore(side: ReadSide): void { side.readMore(); }
function emitEnd(side: ReadSide): void { side.emitEnd(); }
function resumeNow(side: ReadSide): void { side.resumeNow(); }
function updateReadableListening(side: ReadSide): void { side.updateReadableListening(); }
function readNothing(side: ReadSide): void { side.core.duplex.read(0); }

/** Reading more than the mark raises it to the next power of two, so that the amount can ever be there. */
function raisedMark(size: number): number {
  if (size > MAX_HIGH_WATER_MARK) throw outOfRange('size', '<= 1GiB', size);
  return 2 ** Math.ceil(Math.log2(size));
}
