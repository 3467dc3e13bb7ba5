import { Timeout, type Timers } from '@netstrata/transport/layers';
import { LAST_ID } from '../frames/header.js';
import type { MuxStream } from '../stream/mux-stream.js';
import { PeerIds } from './peer-ids.js';

/** So many streams may wait for the peer's end after they were closed here; of more the oldest are reset. */
const MOST_LINGERING = 1024;

/** What becomes of a stream whose time is over. */
export interface TableOwner {
  /** The peer has not answered the dial. */
  onUnanswered(stream: MuxStream): void;
  /** It was closed here, and the peer has not ended it. */
  onLingered(id: number): void;
}

/** The streams of a session by their ids, which ids were used, and how long may be waited for what the peer has to say of them. */
export class StreamTable {
  readonly #owner: TableOwner;
  readonly #sweep: Timeout;
  readonly #time: number;
  /** Null: closed here, and not by the peer yet. */
  readonly #streams = new Map<number, MuxStream | null>();
  readonly #peerIds: PeerIds;
  readonly #parity: number;
  #nextId: number;
  #peers = 0;
  #lingering = new Set<number>();
  #unanswered = new Set<MuxStream>();
  /** Those that were there at the last look. */
  #old = new Set<number | MuxStream>();
  #sweeps = false;

  constructor(firstId: number, owner: TableOwner, timers: Timers, timeout: number) {
    this.#owner = owner;
    this.#nextId = firstId;
    this.#parity = firstId & 1;
    this.#peerIds = new PeerIds(this.#parity === 1 ? 2 : 1);
    this.#sweep = new Timeout(timers);
    this.#time = timeout;
  }

  /** How many streams are open at one end at least. */
  get size(): number {
    return this.#streams.size;
  }

  /** How many of them the peer has opened. */
  get peers(): number {
    return this.#peers;
  }

  /** How many wait for the peer's answer. */
  get unanswered(): number {
    return this.#unanswered.size;
  }

  /** Those that are open here. */
  get open(): MuxStream[] {
    return [...this.#streams.values()].filter((stream) => stream !== null);
  }

  /** Undefined where there is none; null for one that was closed here. */
  get(id: number): MuxStream | null | undefined {
    return this.#streams.get(id);
  }

  /** No new ids are left. */
  get isExhausted(): boolean {
    return this.#nextId > LAST_ID;
  }

  /** A stream of ours. Returns its id. */
  dialled(stream: MuxStream): number {
    const id = this.#nextId;
    this.#nextId += 2;
    this.#streams.set(id, stream);
    this.#unanswered.add(stream);
    this.#sweepLater();
    return id;
  }

  answered(stream: MuxStream): void {
    this.#unanswered.delete(stream);
  }

  /** Whether the peer may open a stream with this id. It is used then. */
  takes(id: number): boolean {
    return this.#peerIds.take(id);
  }

  accepted(id: number, stream: MuxStream): void {
    this.#streams.set(id, stream);
    this.#peers++;
  }

  /** Whether there has been such a stream, so that the peer may not know yet that it is gone. */
  wasUsed(id: number): boolean {
    return (id & 1) === this.#parity ? id < this.#nextId : this.#peerIds.wasUsed(id);
  }

  /** It was closed here, and waits for the peer's end. */
  linger(id: number): void {
    this.#streams.set(id, null);
    this.#lingering.add(id);
    this.#sweepLater();
    if (this.#lingering.size <= MOST_LINGERING) return;
    const [oldest] = this.#lingering;
    this.delete(oldest);
    this.#owner.onLingered(oldest);
  }

  delete(id: number): void {
    if (!this.#streams.delete(id)) return;
    this.#lingering.delete(id);
    if ((id & 1) !== this.#parity) this.#peers--;
  }

  /** One timer for all: what was there at two looks has had its time. */
  #sweepLater(): void {
    if (this.#sweeps) return;
    this.#sweeps = true;
    this.#sweep.start(this.#time, () => {
      this.#sweeps = false;
      this.#look();
    });
  }

  #look(): void {
    const old = this.#old;
    this.#old = new Set([...this.#lingering, ...this.#unanswered]);
    for (const one of this.#old) {
      if (!old.has(one)) continue;
      this.#old.delete(one);
      if (typeof one !== 'number') this.#owner.onUnanswered(one);
      else if (this.#lingering.has(one)) {
        this.delete(one);
        this.#owner.onLingered(one);
      }
    }
    if (this.#lingering.size + this.#unanswered.size > 0) this.#sweepLater();
  }

  clear(): void {
    this.#sweep.stop();
    this.#sweeps = true;
    this.#streams.clear();
    this.#lingering.clear();
    this.#unanswered.clear();
    this.#old.clear();
    this.#peers = 0;
  }
}
