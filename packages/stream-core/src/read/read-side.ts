import { outOfRange, pushAfterEof, unshiftAfterEnd } from '../base/errors.js';
import { ByteQueue, TextQueue } from '../bytes/byte-queue.js';
import { copyOf, decode, encode, encodingName } from '../bytes/bytes.js';
import { ChunkDecoder } from '../bytes/chunk-decoder.js';
import type { Channel } from '../contract/channel.js';
import type { Lender } from '../contract/lending.js';
import {
  AWAITS_CHANNEL, CHANNEL_STARTED, DATA_EMITTED, DISABLED, EMITTED_READABLE, END_DUE, END_EMITTED, ENDED, FLOWING, LENT, NEED_READABLE,
  READING, READING_MORE, READS_CHUNKS, ReadState, SYNC,
} from './read-state.js';

const MAX_HIGH_WATER_MARK = 0x40000000;

/**
 * The reading half of a stream: what was received on its way to the user. It owns the queue, the watermark, 'readable', 'data' and the end.
 * What the channel reports comes by from-channel.ts, and flow-modes.ts says when data flows.
 */
export class ReadSide extends ReadState implements Lender {
  // ---- bytes in -----------------------------------------------------------------------------------------------------

  /** True while more is wanted. Null means the end. */
  push(chunk: Uint8Array | string | null): boolean {
    if (chunk === null) {
      this.set(READING, false);
      this.endNow();
      return false;
    }
    if (chunk.length === 0) {
      this.set(READING, false);
      this.maybeReadMore();
      return this.wantsMore();
    }
    if (this.has(ENDED)) {
      this.engine.fail(pushAfterEof(), true);
      return false;
    }
    if (this.destroyed || this.errored) return false;
    this.set(READING, false);
    const piece = this.decoder === null ? (chunk as Uint8Array) : typeof chunk === 'string' ? chunk : this.decoder.write(chunk);
    if (piece.length > 0) this.add(piece, false);
    else this.maybeReadMore();
    return this.wantsMore();
  }

  /** Puts a chunk back, to be read first. */
  unshift(chunk: Uint8Array | string): boolean {
    if (chunk.length > 0) {
      if (this.has(END_EMITTED)) this.engine.fail(unshiftAfterEnd(), true);
      else if (this.destroyed || this.errored) return false;
      else this.add(chunk, true);
    }
    return this.wantsMore();
  }

  /** Whether less waits than the high-water mark. */
  wantsMore(): boolean {
    return !this.has(ENDED) && (this.length < this.highWaterMark || this.length === 0);
  }

  private add(piece: Uint8Array | string, front: boolean): void {
    const { duplex } = this.engine;
    if (this.has(FLOWING) && this.length === 0 && !this.has(SYNC) && duplex.listenerCount('data') > 0) {
      this.bits |= DATA_EMITTED;
      if (this.pipeTargets !== null) this.forgetWaiting();
      duplex.emit('data', piece);
    } else {
      const queue = (this.queue ??= this.decoder === null ? new ByteQueue() : new TextQueue()) as ByteQueue;
      if (front) queue.unshift(piece as Uint8Array);
      else queue.push(piece as Uint8Array);
      if (this.has(NEED_READABLE)) this.emitReadable();
    }
    this.maybeReadMore();
  }

  private endNow(): void {
    if (this.has(ENDED)) return;
    const rest = this.decoder === null ? '' : this.decoder.end();
    if (rest.length > 0) (this.queue ??= new TextQueue() as ByteQueue | TextQueue).push(rest as never);
    this.bits |= ENDED;
    if (this.has(SYNC)) {
      this.emitReadable();
      return;
    }
    this.bits = (this.bits & ~NEED_READABLE) | EMITTED_READABLE;
    emitReadableNow(this);
  }

  /** Text that the user puts in, as this side holds it. */
  textIn(text: string, encoding: string): Uint8Array | string {
    return this.decoder !== null && encodingName(encoding) === this.decoder.encoding ? text : copyOf(encode(text, encoding));
  }

  /** What the user puts back, in the form in which it is read. */
  asText(piece: Uint8Array | string): Uint8Array | string {
    return this.decoder === null || typeof piece === 'string' ? piece : decode(piece, this.decoder.encoding);
  }

  /** Makes what is read text; undefined is utf8. */
  setEncoding(encoding: string | undefined): void {
    const decoder = new ChunkDecoder(encoding);
    let text = '';
    for (const chunk of this.queue ?? []) text += typeof chunk === 'string' ? chunk : decoder.write(chunk);
    // What will never be completed shows now: the end has been here already.
    if (this.has(ENDED)) text += decoder.end();
    this.decoder = decoder;
    this.queue = text === '' ? null : new TextQueue();
    this.queue?.push(text);
  }

  // ---- bytes out ----------------------------------------------------------------------------------------------------

  /** Takes what waits, as `Duplex.read` does. */
  read(size?: number): Uint8Array | string | null {
    // As Node: undefined asks for what there is, other values count as parseInt takes them.
    const asked = size === undefined ? Number.NaN : Number.isInteger(size) ? size : Number.parseInt(size as unknown as string, 10);
    if (asked > this.highWaterMark) this.highWaterMark = raisedMark(asked);
    if (asked !== 0) this.bits &= ~EMITTED_READABLE;
    const isFull = this.highWaterMark === 0 ? this.length > 0 : this.length >= this.highWaterMark;
    if (asked === 0 && this.has(NEED_READABLE) && (isFull || this.has(ENDED))) {
      if (this.length === 0 && this.has(ENDED)) this.finish();
      else this.emitReadable();
      return null;
    }
    let count = this.available(asked);
    if (count === 0 && this.has(ENDED)) {
      if (this.length === 0) this.finish();
      return null;
    }
    if (this.has(NEED_READABLE) || this.length === 0 || this.length - count < this.highWaterMark) {
      if (this.fetch()) count = this.available(asked);
    }
    return this.take(asked, count);
  }

  private take(asked: number, count: number): Uint8Array | string | null {
    const piece = count > 0 ? this.queue!.read(count) : null;
    if (piece === null) {
      if (this.length <= this.highWaterMark) this.bits |= NEED_READABLE;
      count = 0;
    } else if (this.pipeTargets !== null) {
      this.forgetWaiting();
    }
    if (this.length === 0) {
      if (!this.has(ENDED)) this.bits |= NEED_READABLE;
      if (asked !== count && this.has(ENDED)) this.finish();
    }
    if (piece !== null && !this.errorEmitted && !this.closeEmitted) {
      this.bits |= DATA_EMITTED;
      this.engine.duplex.emit('data', piece);
    }
    return piece;
  }

  /** How much a `read(asked)` gives now. */
  private available(asked: number): number {
    if (asked <= 0 || (this.length === 0 && this.has(ENDED))) return 0;
    if (Number.isNaN(asked)) return this.length > 0 && this.readsFirst() ? this.queue!.firstLength : this.length;
    if (asked <= this.length) return asked;
    return this.has(ENDED) ? this.length : 0;
  }

  /** One chunk at a time: while data flows, and where Node's streams do so always, which text they put together is no part of. */
  private readsFirst(): boolean {
    return this.has(FLOWING) || (this.has(READS_CHUNKS) && this.decoder === null);
  }

  /** Asks the source for more, unless it was asked already. True when it may have answered at once. */
  private fetch(): boolean {
    if (this.has(ENDED | READING) || this.destroyed || this.errored !== null) return false;
    if (this.fromChannel) {
      this.bits &= ~SYNC;
      if (this.length === 0) this.bits |= NEED_READABLE;
      this.startChannel();
      return false;
    }
    this.bits |= READING | SYNC;
    if (this.length === 0) this.bits |= NEED_READABLE;
    try {
      this.engine.duplex._read(this.highWaterMark);
    } catch (error) {
      this.engine.fail(error as Error, true);
    }
    this.bits &= ~SYNC;
    return !this.has(READING);
  }

  /** Starts the channel, or waits for one. */
  startChannel(): void {
    const { channel } = this.engine;
    if (channel === null) this.bits |= AWAITS_CHANNEL;
    if (channel === null || this.has(CHANNEL_STARTED | ENDED)) return;
    this.bits = (this.bits | CHANNEL_STARTED) & ~AWAITS_CHANNEL;
    if (!this.has(LENT)) channel.readStart();
  }

  /** Stops the channel. */
  stopChannel(): void {
    if (!this.has(CHANNEL_STARTED)) return;
    this.bits &= ~CHANNEL_STARTED;
    this.engine.channel?.readStop();
  }

  /** What `channel` has lent is still being written: it stays stopped until `giveBack`. */
  keep(channel: Channel): void {
    this.bits |= LENT;
    channel.readStop();
  }

  giveBack(channel: Channel): void {
    if (this.engine.channel !== channel) return;
    this.bits &= ~LENT;
    if (this.has(CHANNEL_STARTED)) channel.readStart();
  }

  /** A new channel takes the place of the old one: it is born stopped. */
  onAttach(): void {
    this.bits &= ~(CHANNEL_STARTED | LENT);
  }

  // ---- events -------------------------------------------------------------------------------------------------------

  /** Emits 'readable' in a later tick, unless that is due already. */
  emitReadable(): void {
    this.bits &= ~NEED_READABLE;
    if (this.has(EMITTED_READABLE)) return;
    this.bits |= EMITTED_READABLE;
    this.engine.nextTick(emitReadableNow, this);
  }

  /** @internal */
  emitReadableNow(): void {
    if (!this.destroyed && this.errored === null && (this.length > 0 || this.has(ENDED))) {
      this.engine.duplex.emit('readable');
      this.bits &= ~EMITTED_READABLE;
    }
    if (!this.has(FLOWING) && !this.has(ENDED) && this.length <= this.highWaterMark) this.bits |= NEED_READABLE;
    this.flow();
  }

  /** Emits 'data' as long as it flows and something waits. */
  flow(): void {
    const { duplex } = this.engine;
    while (this.has(FLOWING) && duplex.read() !== null);
  }

  /** Fills the queue up to the watermark; a channel that was started continues without further calls. */
  private maybeReadMore(): void {
    if (this.has(READING_MORE) || this.fed) return;
    this.bits |= READING_MORE;
    this.engine.nextTick(readMore, this);
  }

  /** @internal */
  readMore(): void {
    while (!this.reading && !this.has(ENDED) && this.hasRoom()) {
      const before = this.length;
      this.engine.duplex.read(0);
      if (this.length === before) break;
    }
    this.bits &= ~READING_MORE;
  }

  private hasRoom(): boolean {
    return this.length < this.highWaterMark || (this.has(FLOWING) && this.length === 0);
  }

  private finish(): void {
    this.bits |= ENDED;
    if (this.has(END_EMITTED | END_DUE)) return;
    this.bits |= END_DUE;
    this.engine.nextTick(emitEnd, this);
  }

  /** @internal */
  emitEnd(): void {
    const { duplex } = this.engine;
    this.bits &= ~END_DUE;
    if (this.errored !== null || this.closeEmitted || this.has(END_EMITTED) || this.length > 0) return;
    this.bits |= END_EMITTED;
    duplex.emit('end');
    this.engine.onReadEnd();
  }

  /** Drops what waits. */
  forgetWaiting(): void {
    for (const target of this.pipeTargets!) target.waiting = false;
  }
}

function emitReadableNow(side: ReadSide): void { side.emitReadableNow(); }
function readMore(side: ReadSide): void { side.readMore(); }
function emitEnd(side: ReadSide): void { side.emitEnd(); }

/** Reading more than the mark raises it to the next power of two, so that the amount can ever be there. */
function raisedMark(size: number): number {
  if (size > MAX_HIGH_WATER_MARK) throw outOfRange('size', '<= 1GiB', size);
  return 2 ** Math.ceil(Math.log2(size));
}

/** For a stream that starts over: nothing has ended yet. */
export function reopenReading(side: ReadSide): void {
  side.bits &= ~(ENDED | END_EMITTED | END_DUE | READING | CHANNEL_STARTED);
  if (side.has(DISABLED)) side.bits |= ENDED | END_EMITTED;
}
