import { sizeOf, WRITE_DONE, WRITE_PENDING, type ChannelEncoding, type ChannelSink, type WriteStatus } from '@netstrata/stream-core';
import type { Connection, Endpoint, SystemErrorFields } from '../../src/index.js';
import { systemError } from '../../src/index.js';
import { FaultyMemory } from './faulty-memory.js';
import type { Fault } from './faults.js';

/** Where the fault `mixes` sends what other connections write. */
let last: FaultyEnd | null = null;

/** One end of an in-process connection that keeps the contract, but for one fault. */
export class FaultyEnd implements Connection {
  peer: FaultyEnd | null = null;
  bytesRead = 0;
  bytesWritten = 0;
  writeString?(text: string, encoding: ChannelEncoding): WriteStatus;
  setNoDelay?(): void;
  gone: Error | null | undefined;
  readonly #fault: Fault;
  readonly #first: ChannelSink | null;
  readonly #memory: FaultyMemory;
  /** What was written last. */
  #written: readonly Uint8Array[] = [];
  #inbox: Uint8Array[] = [];
  #waiting = 0;
  #reading: boolean;
  #pending = false;
  #extraDone = 0;
  #fin: 'open' | 'asked' | 'sent' = 'open';
  #ended = false;

  constructor(fault: Fault, public sink: ChannelSink | null, readonly near: Endpoint | null, readonly far: Endpoint | null) {
    this.#fault = fault;
    this.#first = sink;
    this.#memory = new FaultyMemory(fault);
    this.#reading = this.#is('born started') || (this.#is('accepts started') && near !== null);
    this.writeString = (text, encoding) => {
      const latin1 = encoding === 'latin1' && !this.#is('encodes wrongly');
      return this.write(latin1 ? Uint8Array.from(text, (char) => char.charCodeAt(0)) : new TextEncoder().encode(text));
    };
    if (!this.#is('claims noDelay')) this.setNoDelay = () => {};
  }

  #is(fault: Fault): boolean {
    return this.#fault === fault;
  }

  get local(): Endpoint | null {
    return this.gone === undefined || this.#is('keeps endpoints') ? this.near : null;
  }

  get remote(): Endpoint | null {
    return this.gone === undefined || this.#is('keeps endpoints') ? this.far : null;
  }

  readStart(): void {
    this.#reading = true;
    this.#wake();
  }

  readStop(): void {
    if (!this.#is('ignores readStop')) this.#reading = false;
  }

  write(chunk: Uint8Array): WriteStatus {
    return this.#take([chunk]);
  }

  writev(chunks: readonly Uint8Array[]): WriteStatus {
    return this.#take(this.#is('gathers backwards') ? [...chunks].reverse() : chunks);
  }

  #take(chunks: readonly Uint8Array[]): WriteStatus {
    const to = this.#is('mixes') && last ? last : this.peer!;
    last ??= to;
    if (to.gone !== undefined && this.#is('throws in write')) throw this.#error({ code: 'EPIPE', syscall: 'write' });
    for (const chunk of chunks) {
      this.bytesWritten += this.#is('miscounts') ? 1 : sizeOf(chunk);
      to.#put(this.#copy(chunk));
    }
    this.#written = chunks;
    const over = to.#waiting > 65_536 && !this.#is('has no backpressure');
    this.#pending = over || to.gone !== undefined;
    if (!this.#pending && this.#is('settles twice')) this.#extraDone++;
    this.#wake();
    return this.#pending ? WRITE_PENDING : WRITE_DONE;
  }

  #copy(chunk: Uint8Array): Uint8Array {
    if (this.#is('keeps borrowed bytes')) return chunk;
    if (this.#is('believes lengths')) return Uint8Array.from({ length: chunk.length }, (_, i) => chunk[i]);
    return this.#is('slices Buffers') ? chunk.slice() : new Uint8Array(chunk);
  }

  #put(chunk: Uint8Array): void {
    if (chunk.length === 0 && !this.#is('delivers nothing as bytes')) return;
    if (this.#is('loses bytes') && chunk.length === 65_536 && this.#waiting > 0) return;
    this.#waiting += chunk.length;
    this.#inbox.push(chunk);
    if (!this.#reading) this.#memory.waits(chunk);
  }

  shutdown(): void {
    this.#fin = 'asked';
    if (this.#is('half closes wholly')) this.peer!.#fin = 'sent';
    this.#wake();
  }

  close(): void {
    if (this.#is('close loses settled bytes') && this.peer) this.peer.#inbox.length = 0;
    this.leave(null);
  }

  abort(): void {
    if (this.gone !== undefined) return;
    const error = this.#error({ code: 'ECONNRESET', syscall: 'read', address: this.#is('resets with an address') ? '::1' : undefined });
    if (!this.#is('resets as an end')) this.peer?.leave(error);
    this.leave(this.#is('abort is an error') ? error : null);
  }

  ref(): void {
    if (this.#is('ref is close')) this.close();
  }

  unref(): void {}

  leave(why: Error | null): void {
    if (this.gone !== undefined) return;
    this.gone = why;
    this.#fin = 'sent';
    this.#wake();
  }

  #error(fields: SystemErrorFields): Error {
    return this.#is('has no codes') ? new Error('went wrong') : systemError(fields);
  }

  #wake(): void {
    if (this.#is('re-enters')) this.#report();
    queueMicrotask(() => {
      this.#report();
      if (this.peer) this.peer.#report();
    });
  }

  /** One thing at a time, then again: whatever the sink did meanwhile counts. */
  #report(): void {
    const sink = this.#is('keeps the first sink') ? (this.#first ?? this.sink) : this.sink;
    if (!sink || (!this.peer && this.gone === undefined)) return;
    if (this.gone !== undefined) {
      if (this.#is('never fires onClose')) return;
      if (this.#ended && this.#is('closes in silence after an end')) return;
      const { gone } = this;
      this.sink = null;
      sink.onClose(gone);
      if (this.#is('fires onClose twice')) queueMicrotask(() => sink.onClose(gone));
      return;
    }
    if (this.#deliver(sink) || this.#settle(sink) || this.#finish(sink)) this.#wake();
  }

  #deliver(sink: ChannelSink): boolean {
    if (this.#is('ends first') && this.#reading && this.#finish(sink)) return true;
    if (!this.#reading || this.#inbox.length === 0) return false;
    const chunk = this.#inbox.shift()!;
    this.#waiting -= chunk.length;
    this.bytesRead += chunk.length;
    this.#memory.deliver(sink, chunk);
    return true;
  }

  #settle(sink: ChannelSink): boolean {
    const peer = this.peer!;
    if (this.#extraDone > 0) {
      this.#extraDone--;
      sink.onWriteDone();
      return true;
    }
    if (this.#fin === 'asked' && (!this.#pending || this.#is('shuts down early'))) {
      this.#fin = 'sent';
      sink.onShutdownDone();
      return true;
    }
    if (this.#is('waits for bytes that are gone') && this.#written.some((chunk) => sizeOf(chunk) === 0)) return false;
    if (!this.#pending || (peer.gone === undefined && peer.#waiting > 65_536)) return false;
    if (peer.gone !== undefined && !this.#is('writes to nobody')) {
      this.leave(this.#is('fails without an error') ? null : this.#error({ code: 'EPIPE', syscall: 'write' }));
    } else {
      this.#pending = false;
      sink.onWriteDone();
    }
    return true;
  }

  #finish(sink: ChannelSink): boolean {
    const due = this.#reading && !this.#ended && this.peer!.#fin === 'sent' && (this.#inbox.length === 0 || this.#is('ends first'));
    if (!due || (this.#is('goes without an end') && this.peer!.gone !== undefined)) return false;
    this.#ended = true;
    sink.onEnd();
    if (this.#is('fails after the end of who closed') && this.peer!.gone !== undefined) this.leave(this.#error({ code: 'ECONNRESET', syscall: 'read' }));
    return true;
  }
}
