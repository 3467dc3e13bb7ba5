import { EventEmitter } from 'events';
import { view } from './bytes.js';
import { TextQueue } from './byte-queue.js';
import { ChunkDecoder } from './chunk-decoder.js';
import type { Borrowing } from './channel.js';
import type { PipeTarget } from './pipe.js';
import { cut } from './read-pool.js';
import { ReadQueue } from './read-queue.js';
import { builtins } from './symbols.js';
import {
  CHANNEL_STARTED, DATA_EMITTED, DISABLED, EMITTED_READABLE, END_DUE, END_EMITTED, FLOWING, ENDED, NEED_READABLE, PAUSED, POOLED, READABLE_LISTENING, READING, RESUME_SCHEDULED,
} from './read-state.js';

/** The reading half of a Duplex: what `ReadQueue` does, what the channel reports, and the modes of reading. */
export class ReadSide extends ReadQueue {
  // ---- what the channel reports -------------------------------------------------------------------------------------

  /** A chunk from the channel. */
  onData(chunk: Uint8Array): void {
    const { core } = this;
    if (core.idleTimer !== null) core.idleTimer.refresh();
    if (this.isHeard()) this.pass(view(chunk));
    else if (!core.duplex.push(view(chunk))) this.stopChannel();
  }

  /** Flowing, nothing queued, nothing to decode: what arrives goes straight to the listeners. */
  private isHeard(): boolean {
    return this.isStraight() && this.core.duplex.listenerCount('data') > 0;
  }

  private pass(chunk: Uint8Array): void {
    this.bits |= DATA_EMITTED;
    if (this.pipeTargets !== null) this.forgetWaiting();
    this.core.duplex.emit('data', chunk);
    // A listener can have paused the stream and put much back.
    if (this.queue !== null && !this.wantsMore()) this.stopChannel();
  }

  /** What arrives now passes this side without being held or changed. */
  private isStraight(): boolean {
    const { core } = this;
    return (
      (this.bits & (FLOWING | READING)) === FLOWING && this.decoder === null && this.length === 0 && !core.destroyed && core.errored === null &&
      core.duplex.push === core.duplex[builtins].push
    );
  }

  // ---- borrowed chunks ----------------------------------------------------------------------------------------------

  /**
   * The destination that would get what arrives now, where a single pipe is all that listens and the destination is a
   * stream of this library that would hand it to its channel at once.
   */
  private straightTarget(): PipeTarget | null {
    const targets = this.pipeTargets;
    if (targets === null || targets.length !== 1 || !this.isStraight()) return null;
    const { duplex } = this.core;
    // Who replaces these wants to see what passes.
    if (duplex.emit !== EventEmitter.prototype.emit || onlyListener(duplex) !== targets[0].onData) return null;
    return targets[0].directSide === null ? null : targets[0];
  }

  get wantsBorrowed(): Borrowing {
    if (this.straightTarget() !== null) return 'while-stopped';
    return this.decoder !== null || this.has(POOLED) ? 'briefly' : false;
  }

  /** A chunk that is only lent: text is made of it, a pipe writes it where it lies, a copy of it goes into the pool. */
  onBorrowed(chunk: Uint8Array): boolean {
    const { core } = this;
    const target = this.straightTarget();
    if (target !== null) {
      const side = target.directSide!;
      side.flush();
      if (!side.takesBorrowed) return false;
      if (core.idleTimer !== null) core.idleTimer.refresh();
      this.bits |= DATA_EMITTED;
      target.waiting = false;
      const hasRoom = side.writeBorrowed(chunk, this, core.channel!);
      if (side.writing) this.keep(core.channel!);
      if (!hasRoom) target.wait();
      return true;
    }
    if (this.decoder !== null && core.duplex.push === core.duplex[builtins].push) {
      if (core.idleTimer !== null) core.idleTimer.refresh();
      if (!this.push(chunk)) this.stopChannel();
      return true;
    }
    // What waits in the queue must not go with the pool when that is taken away.
    if (!this.has(POOLED) || !this.isHeard()) return false;
    if (core.idleTimer !== null) core.idleTimer.refresh();
    this.pass(cut(chunk));
    return true;
  }

  /** The peer's FIN, from the channel. */
  onEnd(): void {
    if (this.core.idleTimer !== null) this.core.idleTimer.refresh();
    this.set(CHANNEL_STARTED, false);
    const { duplex } = this.core;
    duplex.push(null);
    duplex.read(0);
  }

  // ---- modes --------------------------------------------------------------------------------------------------------

  resume(): void {
    if (!this.has(FLOWING)) {
      this.flowing = !this.has(READABLE_LISTENING);
      if (!this.has(RESUME_SCHEDULED)) {
        this.bits |= RESUME_SCHEDULED;
        this.core.nextTick(resumeNow, this);
      }
    }
    this.bits &= ~PAUSED;
  }

  /** @internal */
  resumeNow(): void {
    const { duplex } = this.core;
    if (!this.reading) duplex.read(0);
    this.bits &= ~RESUME_SCHEDULED;
    duplex.emit('resume');
    this.flow();
    if (this.has(FLOWING) && !this.reading) duplex.read(0);
  }

  pause(): void {
    if (this.flowing !== false) {
      this.flowing = false;
      this.core.duplex.emit('pause');
    }
    this.bits |= PAUSED;
  }

  isPaused(): boolean {
    return this.has(PAUSED) || this.flowing === false;
  }

  onListener(event: string | symbol): void {
    if (event === 'data') {
      if (this.core.duplex.listenerCount('readable') > 0) this.bits |= READABLE_LISTENING;
      if (this.flowing !== false) this.core.duplex.resume();
    } else if (event === 'readable' && !this.has(END_EMITTED | READABLE_LISTENING)) {
      this.bits = (this.bits | READABLE_LISTENING | NEED_READABLE) & ~EMITTED_READABLE;
      this.flowing = false;
      if (this.length > 0) this.emitReadable();
      else if (!this.reading) this.core.nextTick(readNothing, this);
    }
  }

  onListenerRemoved(event: string | symbol | undefined): void {
    // After the removal is complete: removeListener and on in one tick must not stop the flow.
    if (event === 'readable' || event === undefined) this.core.nextTick(updateReadableListening, this);
  }

  /** @internal */
  updateReadableListening(): void {
    this.set(READABLE_LISTENING, this.core.duplex.listenerCount('readable') > 0);
    if (this.has(RESUME_SCHEDULED) && !this.has(PAUSED)) this.flowing = true;
    else if (this.core.duplex.listenerCount('data') > 0) this.core.duplex.resume();
    else if (!this.has(READABLE_LISTENING)) this.flowing = null;
  }

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

  /** For a stream that starts over: nothing has ended yet. */
  reopen(): void {
    this.bits &= ~(ENDED | END_EMITTED | END_DUE | READING | CHANNEL_STARTED);
    if (this.has(DISABLED)) this.bits |= ENDED | END_EMITTED;
  }
}

/** What listens to 'data', where that is one function: it stands there itself then, as the emitters of Node and of `events` keep it. */
function onlyListener(duplex: EventEmitter): unknown {
  return (duplex as unknown as { _events?: { data?: unknown } })._events?.data;
}

function resumeNow(side: ReadSide): void { side.resumeNow(); }
function updateReadableListening(side: ReadSide): void { side.updateReadableListening(); }
function readNothing(side: ReadSide): void { side.core.duplex.read(0); }
