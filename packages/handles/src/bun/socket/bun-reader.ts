import { immediate, type ChannelSink } from '@netstrata/stream-core';
import type { BunSocket } from './bun-api.js';
import {
  CALLING, CLOSED, CONNECTING, ENDED, END_HELD, FAILING, GONE, LENT, LET_GO, PAUSED, READING, SETTLING, UNREFERENCED, UNUSED, WAKING,
} from './progress.js';
import type { Unsent } from './unsent.js';

/** Owns the reading side of a connection: what Bun reads, and when it is delivered. */
export abstract class BunReader {
  sink: ChannelSink | null = null;
  protected raw: BunSocket | null = null;
  protected bits = 0;
  /** What was read while it could not be delivered. */
  protected held: Uint8Array[] | null = null;
  /** The write that is pending. */
  protected unsent: Unsent | null = null;
  protected readBytes = 0;

  get bytesRead(): number { return this.readBytes; }

  /** The native socket, as long as it can be told something. */
  protected get socket(): BunSocket | null { return (this.bits & (CLOSED | GONE | UNUSED)) === 0 ? this.raw : null; }

  /** @internal The connection is dead: the sink gets the reason. */
  abstract fail(code: string, syscall: string): void;

  readStart(): void {
    const bits = this.bits;
    if ((bits & (READING | CLOSED)) !== 0) return;
    this.bits = bits | READING;
    if (this.holdsInput()) this.wake();
    else if ((bits & PAUSED) !== 0) this.resume();
    if ((bits & LET_GO) !== 0) this.hold();
  }

  /** Bun is told at the end of the turn, or when something comes meanwhile: most often reading goes on before. */
  readStop(): void {
    if ((this.bits & READING) === 0) return;
    this.bits &= ~READING;
    this.settleLater();
  }

  /** @internal */
  settleLater(): void {
    if ((this.bits & (READING | SETTLING | CLOSED)) !== 0) return;
    this.bits |= SETTLING;
    immediate(settle, this);
  }

  /** @internal What is stopped leaves its bytes with the system, so that it can be given away, and does not hold the process. */
  settle(): void {
    this.bits &= ~SETTLING;
    if ((this.bits & (READING | CLOSED)) !== 0) return;
    this.pause();
    this.hold();
  }

  protected holdsInput(): boolean { return this.held !== null || (this.bits & END_HELD) !== 0; }

  protected pause(): void {
    if ((this.bits & (PAUSED | GONE | CONNECTING | LENT | UNUSED)) !== 0) return;
    this.bits |= PAUSED | CALLING;
    this.raw!.pause();
    this.bits &= ~CALLING;
  }

  protected resume(): void {
    if (this.socket === null) return;
    this.bits = (this.bits & ~PAUSED) | CALLING;
    this.raw!.resume();
    this.bits &= ~CALLING;
  }

  protected wake(): void {
    if ((this.bits & WAKING) !== 0) return;
    this.bits |= WAKING;
    process.nextTick(wake, this);
  }

  /** @internal */
  deliver(): void {
    this.bits &= ~WAKING;
    while ((this.bits & (READING | CLOSED | CONNECTING)) === READING && this.held !== null) {
      const chunk = this.held.shift()!;
      if (this.held.length === 0) this.held = null;
      this.readBytes += chunk.length;
      this.sink?.onData(chunk);
    }
    if ((this.bits & (READING | CLOSED | CONNECTING)) !== READING) return;
    if ((this.bits & END_HELD) !== 0) this.end();
    else if ((this.bits & PAUSED) !== 0) this.resume();
  }

  /** @internal */
  arrived(chunk: Uint8Array): void {
    const bits = this.bits;
    if ((bits & (READING | CALLING | CONNECTING | CLOSED | LENT)) === READING && this.held === null) {
      this.readBytes += chunk.length;
      this.sink?.onData(chunk);
      return;
    }
    if ((bits & LENT) !== 0) this.readBytes += chunk.length;
    if ((bits & (CLOSED | LENT)) !== 0) return;
    (this.held ??= []).push(chunk);
    if ((bits & READING) === 0) this.pause();
    else this.wake();
  }

  /** @internal */
  finished(): void {
    const bits = this.bits;
    if ((bits & (CLOSED | ENDED | END_HELD | LENT)) !== 0) return;
    if ((bits & (READING | CALLING | CONNECTING)) === READING && this.held === null) this.end();
    else {
      this.bits |= END_HELD;
      if ((bits & READING) !== 0) this.wake();
    }
  }

  protected end(): void {
    this.bits = (this.bits & ~END_HELD) | ENDED;
    this.hold();
    if ((this.bits & FAILING) !== 0) this.fail('EPIPE', 'write');
    else this.sink?.onEnd();
  }

  /** As a handle of libuv's, the socket holds the process while something can come of it, and it is referenced. */
  protected hold(): void {
    const bits = this.bits;
    const { socket } = this;
    const isBusy = (bits & (READING | ENDED)) === READING || (bits & (CONNECTING | LENT)) !== 0 || this.unsent !== null;
    const holds = isBusy && (bits & UNREFERENCED) === 0;
    if (socket === null || holds === ((bits & LET_GO) === 0)) return;
    this.bits ^= LET_GO;
    if (holds) socket.ref();
    else socket.unref();
  }
}

function settle(connection: BunReader): void { connection.settle(); }
function wake(connection: BunReader): void { connection.deliver(); }
