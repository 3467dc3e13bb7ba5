import { differs } from './content.js';
import { READ, type Judge } from './judge.js';

/** The part of a stream that the model checks; `Duplex` and `Socket` have it. */
export interface Stream {
  readonly destroyed: boolean;
  readonly errored: Error | null;
  readonly readableLength: number;
  readonly readableHighWaterMark: number;
  readonly readableEncoding: string | null;
  readonly writableLength: number;
  readonly writableHighWaterMark: number;
  readonly writableEnded: boolean;
  readonly writableFinished: boolean;
  readonly bytesRead?: number;
  readonly bytesWritten?: number;
  readonly timeout?: number | undefined;
}

/** One life of a stream, from `connect` or from being accepted to 'close': what was done, what was observed, and what must hold of both. */
export class Life {
  readonly name: string;
  readonly stream: Stream;
  readonly judge: Judge;
  /** Identifies its bytes. */
  readonly key: number;
  readonly isClient: boolean;
  /** The number of the connection in its network: both ends have the same. 0 until it is connected. */
  connection = 0;
  /** The source of the bytes that this life reads. */
  pipedFrom: Life | null = null;
  /** Bytes passed to writes that the stream accepted. */
  written = 0;
  /** Bytes whose callback has reported success. */
  told = 0;
  /** What `bytesWritten` was at 'finish'. */
  finishedWith = 0;
  /** Bytes that the reader has, without those that it has put back. */
  position = 0;
  /** The most that was put back and not read again. */
  putBack = 0;
  /** How much it had received at 'end', by a pipe too. Null if nobody counts that. */
  gotAtEnd: number | null = null;
  hasConnected = false;
  hasEnded = false;
  hasFinished = false;
  isClosed = false;
  /** The error of 'error'. */
  error: { readonly code: string } | null = null;
  /** `end` was called. */
  endCalled = false;
  /** How the program closed it. */
  gone: 'destroy' | 'reset' | null = null;
  /** The codes of errors that the program has caused itself. */
  readonly own = new Set<string>();
  /** Its host has crashed: no event may come from it any more. */
  isDead = false;
  isCorked = false;
  needsDrain = false;
  /** As in Node, a write of a former life that returned false may still cause a 'drain' in this one. */
  mayDrain = false;
  timeouts = 0;
  /** Received bytes are read at once. */
  isStraight = false;
  movedAt = 0;
  /** Its reader takes everything, except up to `leaves` bytes while it waits for more. */
  reads = false;
  leaves = 0;
  readonly calls: { readonly label: string; count: number; isLate: boolean }[] = [];

  constructor(name: string, stream: Stream, judge: Judge, key: number, isClient: boolean) {
    this.name = name;
    this.stream = stream;
    this.judge = judge;
    this.key = key;
    this.isClient = isClient;
    this.movedAt = judge.now;
  }

  get isOpen(): boolean { return this.hasConnected && !this.stream.destroyed && !this.isClosed && !this.isDead; }

  fail(rule: string, text: string): void {
    this.judge.fail(rule, `${this.name}: ${text}`);
  }

  /** Any event of the stream. */
  event(name: string): void {
    this.judge.log(`${this.name} '${name}'`);
    if (this.isDead) this.fail('crashed', `'${name}' after its host has crashed`);
    // The program pauses and resumes.
    if (this.isClosed && name !== 'pause' && name !== 'resume') this.fail('last', `'${name}' after 'close'`);
    const { readableHighWaterMark, writableLength, readableEncoding } = this.stream;
    // Text counts in characters.
    const readableLength = this.stream.readableLength / (readableEncoding === 'hex' ? 2 : readableEncoding === 'base64' ? 4 / 3 : 1);
    if (readableLength > readableHighWaterMark + READ + this.putBack + 3) this.fail('bounded', `${readableLength} bytes wait to be read; the mark is ${readableHighWaterMark}`);
    if (writableLength < 0 || (this.pipedFrom === null && writableLength > 4 * this.written)) this.fail('bounded', `writableLength is ${writableLength} after ${this.written} bytes`);
  }

  connected(connection: number): void {
    if (this.hasConnected) this.fail('once', "'connect' comes a second time");
    this.hasConnected = true;
    this.connection = connection;
    this.movedAt = this.judge.now;
    this.judge.stands(this);
  }

  // ---- reading ------------------------------------------------------------------------------------------------------

  /** Something was read, in any form. */
  received(chunk: Uint8Array | string): void {
    const bytes = typeof chunk === 'string' ? this.bytesOf(chunk) : chunk;
    this.movedAt = this.judge.now;
    if (this.isDead) this.fail('crashed', 'data after its host has crashed');
    if (!this.hasConnected) this.fail('order', "data before 'connect'");
    if (this.hasEnded) this.fail('order', "data after 'end'");
    if (this.isClosed) this.fail('last', "data after 'close'");
    if (chunk.length === 0 && typeof chunk !== 'string') this.fail('content', 'an empty chunk');
    const other = this.judge.other(this);
    const key = this.judge.keyFor(this);
    if (other === null || key === null) this.fail('content', `${bytes.length} bytes from nobody`);
    else {
      const difference = differs(key, this.position, bytes);
      if (difference !== null) this.fail('content', difference);
      this.position += bytes.length;
      const most = this.judge.mostFor(this);
      if (this.position > most) this.fail('content', `${this.position} bytes were read, and ${most} written`);
    }
    this.putBack = Math.max(0, this.putBack - bytes.length);
    this.checkBytesRead();
  }

  private bytesOf(text: string): Uint8Array {
    const encoding = this.stream.readableEncoding as BufferEncoding;
    // A character that the end has cut off: its replacement is no byte of the stream.
    const whole = encoding === 'utf8' ? text.replace(/\ufffd+$/, '') : text;
    return Buffer.from(whole, encoding);
  }

  private checkBytesRead(): void {
    const { bytesRead, readableLength, readableEncoding, destroyed } = this.stream;
    if (bytesRead === undefined || destroyed) return;
    if (this.position > bytesRead) this.fail('counts', `${this.position} bytes were read, and bytesRead is ${bytesRead}`);
    if (readableEncoding === null && bytesRead > this.position + readableLength + READ) this.fail('counts', `bytesRead is ${bytesRead}, of which ${this.position} were read and ${readableLength} wait`);
  }

  returned(size: number): void {
    this.position -= size;
    this.putBack += size;
  }

  ended(): void {
    if (this.hasEnded) this.fail('once', "'end' comes a second time");
    if (!this.hasConnected) this.fail('order', "'end' before 'connect'");
    this.hasEnded = true;
    this.gotAtEnd = this.pipedFrom === null && this.stream.readableEncoding === null ? this.position : (this.stream.bytesRead ?? null);
    this.movedAt = this.judge.now;
  }

  // ---- writing ------------------------------------------------------------------------------------------------------

  /** A write: whether the stream accepts it is known before. */
  wrote(size: number, wasOpen: boolean, result: boolean): void {
    const { writableLength, writableHighWaterMark, errored, destroyed } = this.stream;
    if (!wasOpen) {
      if (result) this.fail('return', 'write returns true on a stream that takes nothing any more');
      return;
    }
    const expected = (writableLength < writableHighWaterMark || writableLength === 0) && errored === null && !destroyed;
    if (result !== expected) this.fail('return', `write returns ${result}: ${writableLength} bytes wait, the mark is ${writableHighWaterMark}`);
    if (!(writableLength < writableHighWaterMark || writableLength === 0)) this.needsDrain = true;
    if (size > 0 && !destroyed && !this.isDead) this.checkBytesWritten();
  }

  checkBytesWritten(): void {
    const { bytesWritten } = this.stream;
    if (bytesWritten !== undefined && this.pipedFrom === null && bytesWritten !== this.written) this.fail('counts', `bytesWritten is ${bytesWritten} after ${this.written} bytes`);
  }

  /** A callback that has to run once. */
  callback(label: string, upTo: number | null): (error?: Error | null) => void {
    const call = { label, count: 0, isLate: this.isClosed || this.stream.destroyed };
    this.calls.push(call);
    return (error) => {
      this.judge.log(`${this.name} ${label} called back${error ? ` with ${codeOf(error)}` : ''}`);
      if (++call.count > 1) this.fail('callback', `${label} called back ${call.count} times`);
      if (this.isDead) this.fail('crashed', `${label} called back after its host has crashed`);
      if (error || upTo === null) return;
      if (upTo < this.told) this.fail('callback', `${label} called back behind that up to ${this.told}`);
      this.told = upTo;
    };
  }

  drained(): void {
    if (!this.needsDrain && !this.mayDrain && this.pipedFrom === null) this.fail('drain', "'drain', and no write had returned false");
    if (this.stream.writableLength !== 0) this.fail('drain', `'drain' while ${this.stream.writableLength} bytes wait`);
    this.needsDrain = this.mayDrain = false;
  }

  finished(): void {
    if (this.hasFinished) this.fail('once', "'finish' comes a second time");
    this.hasFinished = true;
    this.finishedWith = this.pipedFrom === null ? this.written : (this.stream.bytesWritten ?? 0);
    const { writableLength, writableEnded } = this.stream;
    if (!writableEnded || writableLength !== 0) this.fail('order', `'finish' while ${writableLength} bytes wait`);
    this.checkBytesWritten();
    const missing = this.calls.find(({ label, count, isLate }) => count === 0 && !isLate && label.startsWith('write'));
    if (missing !== undefined) this.fail('callback', `'finish' before ${missing.label} called back`);
  }

  // ---- the end ------------------------------------------------------------------------------------------------------

  timedOut(): void {
    this.timeouts++;
    const { timeout } = this.stream;
    if (this.isStraight && timeout !== undefined && this.judge.now - this.movedAt < timeout - 1) this.fail('timeout', `'timeout' ${this.judge.now - this.movedAt} ms after something moved; it is ${timeout} ms`);
  }

  failed(error: Error): void {
    if (this.error !== null) this.fail('once', `'error' comes a second time: ${codeOf(error)} after ${this.error.code}`);
    this.error = { code: codeOf(error) };
    this.judge.log(`${this.name} failed: ${error.message.split('\n', 1)[0]}`);
    this.judge.explain(this, error);
  }

  closed(hadError: boolean | undefined): void {
    this.isClosed = true;
    if (hadError !== undefined && hadError !== (this.error !== null)) this.fail('hadError', `'close' says ${hadError}, and the error was ${this.error?.code ?? 'none'}`);
    const missing = this.hasConnected ? this.calls.find(({ count, isLate }) => count === 0 && !isLate) : undefined;
    if (missing !== undefined) this.fail('callback', `'close' before ${missing.label} called back`);
    if (!this.stream.destroyed) this.fail('last', "'close' of a stream that is not destroyed");
  }
}

export function codeOf(error: Error): string {
  return (error as { code?: string }).code ?? error.name;
}
