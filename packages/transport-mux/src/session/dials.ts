import { INITIAL_WINDOW, SYN, WINDOW_UPDATE } from '../frames/header.js';
import type { Settings } from '../options/mux-options.js';
import type { MuxStream } from '../stream/mux-stream.js';
import type { StreamTable } from './stream-table.js';

/** Over what is dialled. */
export interface DialsOwner {
  readonly takesStreams: boolean;
  say(type: number, flags: number, id: number, length: number): void;
}

/** Streams that are to be opened. So many may wait for the peer's answer at once, others for their turn. */
export class Dials {
  readonly #owner: DialsOwner;
  readonly #table: StreamTable;
  readonly #settings: Settings;
  readonly #waiting = new Set<MuxStream>();

  constructor(owner: DialsOwner, table: StreamTable, settings: Settings) {
    this.#owner = owner;
    this.#table = table;
    this.#settings = settings;
  }

  get size(): number {
    return this.#waiting.size;
  }

  add(stream: MuxStream): void {
    this.#waiting.add(stream);
    this.soon();
  }

  /** There may be room for more. */
  soon(): void {
    if (this.#waiting.size > 0) queueMicrotask(this.openSome);
  }

  readonly openSome = (): void => {
    const { backlog, window, early } = this.#settings;
    for (const stream of this.#waiting) {
      if (this.#table.unanswered >= backlog) return;
      this.#waiting.delete(stream);
      if (!this.#owner.takesStreams) {
        stream.fail('ECONNREFUSED');
        continue;
      }
      const id = this.#table.dialled(stream);
      this.#owner.say(WINDOW_UPDATE, SYN, id, window - INITIAL_WINDOW);
      stream.dialled(id, early);
    }
  };

  delete(stream: MuxStream): void {
    this.#waiting.delete(stream);
  }

  /** Those that have waited, and will not be opened. */
  clear(): MuxStream[] {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    return waiting;
  }
}
