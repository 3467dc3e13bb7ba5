import type { MuxStream } from '../stream/mux-stream.js';
import type { Outbox } from './outbox.js';

/** What a stream sends when it is its turn, while others wait. */
const QUANTUM = 16_384;

/** Streams with more to send than there is room for take turns. */
export class Turns {
  readonly #outbox: Outbox;
  readonly #ready = new Set<MuxStream>();

  constructor(outbox: Outbox) {
    this.#outbox = outbox;
  }

  /** As much as there is room for at once, the rest when its turn comes. */
  send(stream: MuxStream): void {
    let hasMore = true;
    while (hasMore && !this.#outbox.isBusy) hasMore = this.#outbox.room > 0 && stream.sendSome(this.#outbox, Infinity);
    if (hasMore) this.#ready.add(stream);
  }

  soon(stream: MuxStream): void {
    this.#ready.add(stream);
    this.#outbox.turnSoon();
  }

  take(): void {
    for (const stream of this.#ready) {
      if (this.#outbox.room === 0) break;
      this.#ready.delete(stream);
      if (stream.sendSome(this.#outbox, this.#ready.size > 0 ? QUANTUM : Infinity)) this.#ready.add(stream);
      else stream.settle();
    }
    this.#outbox.flush();
  }

  delete(stream: MuxStream): void {
    this.#ready.delete(stream);
  }

  clear(): void {
    this.#ready.clear();
  }
}
