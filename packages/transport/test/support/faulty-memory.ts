import type { ChannelSink } from '@netstrata/stream-core';
import type { Fault } from './faults.js';

const SIZE = 65_536;

/** Memory that all ends use; another one when somebody has taken it away, so that a fault stays what it is. */
class Shared {
  #memory = new Uint8Array(0);
  #used = 0;

  cut(chunk: Uint8Array, from = this.#used): Uint8Array {
    const isThere = this.#memory.length >= from + chunk.length;
    if (!isThere) this.#memory = new Uint8Array(1 << 20);
    const at = isThere ? from : 0;
    this.#used = at + chunk.length;
    const part = this.#memory.subarray(at, this.#used);
    part.set(chunk);
    return part;
  }
}

const shared = new Shared();
const lentByAll = new Uint8Array(SIZE);
/** What was given last, by its size. */
const given = new Map<number, Uint8Array>();

/** How an end hands over what it has received: lent, where that is welcome, or as memory of the receiver's; but for one fault. */
export class FaultyMemory {
  readonly #fault: Fault;
  readonly #own = new Uint8Array(SIZE);

  constructor(fault: Fault) {
    this.#fault = fault;
  }

  /** Something has come while nobody reads. */
  waits(chunk: Uint8Array): void {
    if (this.#fault === 'reads into lent memory') this.#own.set(chunk.subarray(0, SIZE));
  }

  deliver(sink: ChannelSink, chunk: Uint8Array): void {
    if (this.#fault === 'gives what it lent' && sink.wantsBorrowed) {
      if (!sink.onBorrowed!(chunk)) sink.onData(chunk);
    } else if (!this.#lend(sink, chunk)) {
      sink.onData(this.#givenTo(chunk));
    }
  }

  #lend(sink: ChannelSink, chunk: Uint8Array): boolean {
    const isWelcome = sink.wantsBorrowed || this.#fault === 'lends unasked';
    if (!isWelcome || sink.onBorrowed === undefined || chunk.length > SIZE) return false;
    const memory = (this.#fault === 'lends what others read into' ? lentByAll : this.#own).subarray(0, chunk.length);
    memory.set(chunk);
    return sink.onBorrowed(memory) || this.#fault === 'loses declined bytes';
  }

  /** The chunk is the end's own. */
  #givenTo(chunk: Uint8Array): Uint8Array {
    if (this.#fault === 'reuses its read buffer') return shared.cut(chunk, 0);
    if (this.#fault === 'cuts chunks from one buffer') return shared.cut(chunk);
    if (this.#fault !== 'uses again what it gave') return chunk;
    const last = given.get(chunk.length);
    // Somebody may have taken it away.
    if (last?.length === chunk.length) last.set(chunk);
    else given.set(chunk.length, chunk);
    return given.get(chunk.length)!;
  }
}
