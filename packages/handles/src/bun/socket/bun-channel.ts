import {
  immediate, sizeOf, WRITE_DONE, WRITE_PENDING, type Channel, type ChannelEncoding, type WriteStatus,
} from '@netstrata/stream-core';
import { systemError } from '@netstrata/transport';
import type { BunError, BunSocket } from './bun-api.js';
import { BunReader } from './bun-reader.js';
import {
  CALLING, CLOSED, CLOSED_OUTSIDE, ENDED, END_HELD, FAILING, GONE, LENT, LET_GO, READING, SHUT_ASKED, UNREFERENCED,
} from './progress.js';
import { ALL, gathered, GATHERED, LOST, NONE, SOME, Unsent, type Taken } from './unsent.js';

/** Owns the writing side of a connection, and how it ends. */
export abstract class BunChannel extends BunReader implements Channel {
  protected writtenBytes = 0;

  get writevLimit(): number { return GATHERED; }
  get takesShared(): boolean { return true; }
  get bytesWritten(): number { return (this.bits & LENT) === 0 ? this.writtenBytes : (this.raw?.bytesWritten ?? this.writtenBytes); }

  /** Whether it is a UNIX socket: those know no reset, and their peer's close is told of as its end. */
  protected get isPath(): boolean { return true; }

  /** The connection has let go of its socket. */
  protected left(): void {}

  write(chunk: Uint8Array): WriteStatus {
    const size = sizeOf(chunk);
    this.writtenBytes += size;
    const { socket } = this;
    if (socket === null) return this.broken();
    if (size === 0) return WRITE_DONE;
    this.bits |= CALLING;
    const taken = socket.write(chunk);
    this.bits &= ~CALLING;
    if (taken === size) return WRITE_DONE;
    if (taken < 0) return this.broken();
    return this.#wait(new Unsent([chunk], taken));
  }

  writev(chunks: readonly Uint8Array[]): WriteStatus {
    const fewer = gathered(chunks);
    if (fewer.length === 0) return WRITE_DONE;
    if (fewer.length === 1) return this.write(fewer[0]);
    for (const chunk of fewer) this.writtenBytes += sizeOf(chunk);
    const { socket } = this;
    if (socket === null) return this.broken();
    const unsent = new Unsent(fewer);
    const taken = this.#send(unsent, socket);
    if (taken === SOME) return this.#wait(unsent);
    return taken === ALL ? WRITE_DONE : this.broken();
  }

  writeString(text: string, encoding: ChannelEncoding): WriteStatus {
    const size = encoding === 'latin1' ? text.length : Buffer.byteLength(text);
    this.writtenBytes += size;
    const { socket } = this;
    if (socket === null) return this.broken();
    if (size === 0) return WRITE_DONE;
    this.bits |= CALLING;
    const taken = encoding === 'latin1' ? socket.write(text, encoding) : socket.write(text);
    this.bits &= ~CALLING;
    if (taken === size) return WRITE_DONE;
    if (taken < 0) return this.broken();
    return this.#wait(new Unsent([Buffer.from(text, encoding)], taken));
  }

  #send(unsent: Unsent, socket: BunSocket): Taken {
    this.bits |= CALLING;
    const taken = unsent.send(socket);
    this.bits &= ~CALLING;
    return taken;
  }

  #wait(unsent: Unsent): WriteStatus {
    // Where there is no reset, bytes that are lost meanwhile would look like the end to the peer.
    if (this.isPath) unsent.keep();
    this.unsent = unsent;
    if ((this.bits & LET_GO) !== 0) this.hold();
    return WRITE_PENDING;
  }

  /** Nobody takes what is written. What the peer sent before it went is reported first. */
  private broken(): WriteStatus {
    if ((this.bits & (CLOSED | FAILING)) === 0) {
      this.bits |= FAILING;
      immediate(failOnceRead, this, this.readBytes);
    }
    return WRITE_PENDING;
  }

  /** @internal Comes also when nothing waits. */
  drained(): void {
    const unsent = this.unsent;
    const { socket } = this;
    if (unsent === null || socket === null || (this.bits & CALLING) !== 0) return;
    const taken = this.#send(unsent, socket);
    if (taken === SOME) return;
    this.unsent = null;
    if (taken === LOST) this.fail('EFAULT', 'write');
    else if (taken === NONE) this.broken();
    else {
      this.hold();
      this.sink?.onWriteDone();
      if ((this.bits & (SHUT_ASKED | CLOSED)) === SHUT_ASKED) this.#shut();
    }
  }

  shutdown(): void {
    if ((this.bits & CLOSED) !== 0) return;
    this.bits |= SHUT_ASKED;
    if (this.unsent === null) this.#shut();
  }

  #shut(): void {
    this.bits |= CALLING;
    this.socket?.shutdown();
    this.bits &= ~CALLING;
    process.nextTick(reportShutdown, this);
  }

  /** @internal */
  shutdownDone(): void {
    if ((this.bits & CLOSED) === 0) this.sink?.onShutdownDone();
  }

  // ---- the end ------------------------------------------------------------------------------------------------------

  /** @internal The native socket is no more. */
  gone(error: BunError | null | undefined): void {
    if ((this.bits & CLOSED) !== 0) return;
    this.bits |= GONE;
    if (error != null) this.#failWith(error.code ?? 'ECONNRESET');
    else if (this.unsent !== null) this.broken();
    // Both directions have ended, or the peer has closed a path: Bun tells of no end then.
    else if ((this.bits & (SHUT_ASKED | ENDED | END_HELD)) === SHUT_ASKED || this.isPath) this.finished();
    // Somebody has closed it who is not the connection's owner, and may be in the middle of something.
    else if ((this.bits & SHUT_ASKED) === 0) {
      this.bits |= CLOSED_OUTSIDE;
      immediate(failWith, this, 'ECONNRESET', 'read');
    }
  }

  #failWith(code: string): void {
    const syscall = code === 'EPIPE' ? 'write' : 'read';
    if ((this.bits & CALLING) !== 0) {
      immediate(failWith, this, code, syscall);
      return;
    }
    if ((this.bits & READING) !== 0 && this.held !== null) this.deliver();
    this.fail(code, syscall);
  }

  /** @internal */
  failOnceRead(read: number): void {
    if (this.readBytes > read && (this.bits & (READING | ENDED)) === READING) immediate(failOnceRead, this, this.readBytes);
    else this.fail('EPIPE', 'write');
  }

  /** @internal The connection is dead: the socket goes, and the sink gets the reason. */
  fail(code: string, syscall: string): void {
    if ((this.bits & CLOSED) !== 0) return;
    const isWrite = (this.bits & FAILING) !== 0;
    this.leave(true);
    const ofWrite = { code: (this.bits & CLOSED_OUTSIDE) === 0 ? 'EPIPE' : 'EBADF', syscall: 'write' };
    this.sink?.onClose(systemError(isWrite ? ofWrite : { code, syscall }));
  }

  close(): void { this.#close(false); }
  abort(): void { this.#close(true); }

  #close(reset: boolean): void {
    if ((this.bits & CLOSED) !== 0) return;
    this.leave(reset);
    immediate(reportClosed, this);
  }

  /** The connection lets go of its socket, which is closed. */
  protected leave(reset: boolean): void {
    const socket = this.raw;
    const isOpen = (this.bits & GONE) === 0;
    this.bits |= CLOSED | GONE;
    // The system tells the peer by a reset that its bytes were thrown away; those that are held left the system already.
    const isUnread = this.held !== null;
    this.held = this.unsent = null;
    this.left();
    if (socket === null || !isOpen) return;
    if (reset || isUnread) socket.terminate();
    else socket.close();
  }

  /** @internal */
  reportClosed(): void {
    this.sink?.onClose(null);
  }

  ref(): void {
    this.bits &= ~UNREFERENCED;
    this.hold();
  }

  unref(): void {
    this.bits |= UNREFERENCED;
    this.hold();
  }
}

function failOnceRead(connection: BunChannel, read: number): void { connection.failOnceRead(read); }
function reportShutdown(connection: BunChannel): void { connection.shutdownDone(); }
function failWith(connection: BunChannel, code: string, syscall: string): void { connection.fail(code, syscall); }
function reportClosed(connection: BunChannel): void { connection.reportClosed(); }
