import {
  isByteArray, sizeOf, WRITE_DONE, WRITE_PENDING, type Borrowing, type ChannelEncoding, type WriteStatus,
} from '@netstrata/stream-core';
import { isSystemError } from '../../errors/system-error.js';
import type { ConnectSink, Connection } from '../../contract/transport.js';
import { ComplianceFailure, equal } from './failure.js';
import { isWhole } from './chunk-memory.js';
import { mismatch, pattern } from './pattern.js';
import { runsOf } from './wording.js';
import type { Opened, Scope } from './scope.js';

type Event = 'connect' | 'data' | 'end' | 'writeDone' | 'shutdownDone' | 'close';

/**
 * One end of a connection under test: its sink, and the way every call on it goes. It checks at every event what must
 * always hold, whatever a test looks at. Bytes sent with `send` and `pump` follow the pattern, and are checked on arrival.
 */
export class End implements ConnectSink, Opened {
  readonly name: string;
  readonly events: Event[] = [];
  /** What a test does inside a sink method. */
  readonly hooks: Partial<Record<Event, () => void>> = {};
  chunks: Uint8Array[] | null = null;
  connection!: Connection;
  received = 0;
  sent = 0;
  pending = false;
  closed = false;
  error: Error | null = null;
  /** False where a test sends something other than the pattern. */
  patterned = true;
  wantsBorrowed: Borrowing = false;
  onBorrowed?: (chunk: Uint8Array) => boolean;

  readonly #scope: Scope;
  #reading = false;
  #everStarted = false;
  #accepted = 0;
  #shutdowns = 0;

  /** `role` says which end it is, in messages: `dialling end`. */
  constructor(scope: Scope, role: string, connection?: Connection) {
    this.#scope = scope;
    this.name = scope.nameOf(role);
    scope.track(this);
    if (connection) this.attach(connection);
  }

  attach(connection: Connection): void {
    this.connection = connection;
    connection.sink = this;
  }

  // What is called on the channel.

  readStart(): void {
    this.#reading = this.#everStarted = true;
    this.#scope.call(() => this.connection.readStart());
  }

  readStop(): void {
    this.#scope.call(() => this.connection.readStop());
    this.#reading = false;
  }

  write(chunk: Uint8Array): WriteStatus {
    return this.#written(sizeOf(chunk), this.#scope.call(() => this.connection.write(chunk)));
  }

  writev(chunks: readonly Uint8Array[]): WriteStatus {
    const length = chunks.reduce((sum, chunk) => sum + sizeOf(chunk), 0);
    return this.#written(length, this.#scope.call(() => this.connection.writev(chunks)));
  }

  writeString(text: string, encoding: ChannelEncoding): WriteStatus {
    const length = encoding === 'latin1' ? text.length : new TextEncoder().encode(text).length;
    return this.#written(length, this.#scope.call(() => this.connection.writeString!(text, encoding)));
  }

  #written(length: number, status: WriteStatus): WriteStatus {
    const isStatus = status === WRITE_DONE || status === WRITE_PENDING;
    if (!isStatus) this.#broken('C4', `expected WRITE_DONE or WRITE_PENDING of write, received ${String(status)}`);
    this.#accepted += length;
    this.pending = status === WRITE_PENDING;
    if (this.connection.bytesWritten !== this.#accepted) {
      this.#broken('C14', `expected a bytesWritten of ${this.#accepted}, received ${this.connection.bytesWritten}`);
    }
    return status;
  }

  shutdown(): void {
    this.#shutdowns++;
    this.#scope.call(() => this.connection.shutdown());
  }

  close(): void {
    this.#scope.call(() => this.connection.close());
  }

  abort(): void {
    this.#scope.call(() => this.connection.abort());
  }

  release(): void {
    // Without a connection nothing was opened; with one, close is allowed at any time.
    if (this.connection === undefined) this.closed = true;
    else if (!this.closed) this.close();
  }

  /** The end is out of the test: its connection was given to something else. */
  forget(): void {
    this.closed = true;
  }

  // What the channel reports.

  onConnect(): void {
    this.#event('connect');
  }

  onData(chunk: Uint8Array): void {
    if (this.#scope.exactChunks && !isWhole(chunk)) {
      const { byteOffset, length, buffer } = chunk;
      this.#broken('S1', `expected the whole of an ArrayBuffer, received ${length} bytes at ${byteOffset} of ${buffer.byteLength}`);
    }
    this.receive(chunk, 'onData');
  }

  /** Also what a test's `onBorrowed` does with bytes it takes. */
  receive(chunk: Uint8Array, method: string): void {
    this.checkRead(method);
    if (!isByteArray(chunk) || chunk.length === 0) this.#broken('S1', `${method} without bytes`);
    if (this.patterned) {
      const at = mismatch(chunk, this.received);
      if (at !== -1) this.#broken('C3', `byte ${this.received + at} of the stream is not what was sent`);
    }
    this.received += chunk.length;
    this.chunks?.push(chunk);
    if (this.connection.bytesRead < this.received) {
      this.#broken('C14', `expected a bytesRead of ${this.received}, received ${this.connection.bytesRead}`);
    }
    this.#event('data', method);
  }

  checkRead(method: string): void {
    if (!this.#everStarted) this.#broken('C2', `${method} before readStart`);
    else if (!this.#reading) this.#broken('C9', `${method} after readStop`);
    if (this.events.includes('end')) this.#broken('S3', `${method} after onEnd`);
  }

  onEnd(): void {
    this.checkRead('onEnd');
    this.#event('end');
  }

  onWriteDone(): void {
    if (!this.pending) this.#broken('C4', 'onWriteDone without a pending write');
    this.pending = false;
    this.#event('writeDone');
  }

  onShutdownDone(): void {
    if (--this.#shutdowns < 0) this.#broken('C10', 'onShutdownDone without a shutdown, or twice');
    if (this.pending) this.#broken('C10', 'onShutdownDone while a write is pending');
    this.#event('shutdownDone');
  }

  onClose(error: Error | null): void {
    this.error = error;
    if (error !== null) this.#checkError(error);
    this.#event('close');
  }

  #checkError(error: Error): void {
    if (!isSystemError(error)) this.#broken('E1', `onClose(${String(error)}) has no code, errno and syscall`);
    else if (!error.message.startsWith(`${error.syscall} ${error.code}`)) this.#broken('E1', `the message "${error.message}"`);
  }

  #event(event: Event, method = `on${event[0].toUpperCase()}${event.slice(1)}`): void {
    this.#scope.reported(`${this.name}: ${method}`);
    if (this.closed) this.#broken('S6', `${method} after onClose`);
    if (event === 'close') this.closed = true;
    // One entry for a run of chunks: how many there are is the medium's business.
    if (event !== 'data' || this.events.at(-1) !== 'data') this.events.push(event);
    const hook = this.hooks[event];
    if (hook) this.#scope.guard(hook);
    this.#scope.changed();
  }

  // What tests wait for.

  describe(): string {
    const { received, sent, pending, error } = this;
    const more = [
      received > 0 ? `${received} bytes` : '', sent > 0 ? `${sent} sent` : '', pending ? 'a write is pending' : '',
      error === null ? '' : error.message,
    ].filter((part) => part !== '');
    const told = runsOf(this.events) || 'nothing';
    return more.length === 0 ? told : `${told} (${more.join(', ')})`;
  }

  #broken(rule: string, message: string): void {
    this.#scope.broken(rule, `${this.name}: ${message}`);
  }

  has(event: Event): boolean {
    return this.events.includes(event);
  }

  /** Resolves at the event; fails when the channel closes without it. */
  async event(event: Event): Promise<void> {
    await this.#scope.until(() => this.has(event) || this.closed, event, this);
    if (!this.has(event)) throw this.#gone(event);
  }

  async bytes(total: number): Promise<void> {
    await this.#scope.until(() => this.received >= total || this.closed, `${total} bytes`, this);
    if (this.received < total) throw this.#gone(`${total} bytes`);
    equal(this.received, total, `C3: ${this.name}: bytes`);
  }

  /** Resolves when no write is pending; fails when the channel closed meanwhile. */
  async settled(): Promise<void> {
    await this.#scope.until(() => !this.pending || this.closed, 'the write to settle', this);
    if (this.closed) throw this.#gone('the write to settle');
  }

  #gone(what: string): Error {
    return new ComplianceFailure(`S6: ${this.name}: expected ${what}, received close (${this.error?.message ?? 'no error'})`);
  }

  /** The next bytes of the pattern. */
  next(length: number): Uint8Array {
    const bytes = pattern(length, this.sent);
    this.sent += length;
    return bytes;
  }

  async send(length: number): Promise<void> {
    this.write(this.next(length));
    await this.settled();
  }

  /** Sends `total` bytes of the pattern in chunks, one write at a time. */
  async pump(total: number, chunk = 65_536): Promise<void> {
    for (let left = total; left > 0; left -= chunk) {
      if (this.write(this.next(Math.min(chunk, left))) === WRITE_PENDING) await this.settled();
    }
  }
}
