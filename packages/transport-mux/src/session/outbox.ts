import { copyInto, copyOf, holding, isEnding, partOf, WRITE_PENDING, type Gathering } from '@netstrata/stream-core';
import type { Connection } from '@netstrata/transport';
import { Timeout, type Timers } from '@netstrata/transport/layers';
import { DATA, HEADER, putHeader } from '../frames/header.js';
import type { PendingWrite } from '../stream/pending-write.js';
import { BATCH } from '../stream/mux-stream.js';
import type { FrameWriter } from '../stream/stream-host.js';
import { giveBack, isSmall, LARGE, memoryFor } from './batch-memory.js';

/** Data ends here; what is behind it in the memory is for control frames. */
const LIMIT = BATCH + 2048;
/** A frame of data for less than this is not worth its header. */
const LEAST = 256;

/** So many answers may wait for a peer: an honest one waits for answers itself before it asks for more. */
const MOST_ANSWERS = 5000;

const NONE = new Uint8Array(0);

/** What an outbox reports to its session, not inside a call on it. */
export interface OutboxOwner {
  /** It is the turn of streams that wait: the carrier takes more, or the tick is over. */
  onTurn(): void;
  /** More answers wait for a peer that does not read than an honest one causes. */
  onFlood(): void;
  /** The carrier has taken nothing for too long. */
  onStall(): void;
  /** Everything is on its way, and so is the end. */
  onFinished(): void;
}

/**
 * The way to the carrier. What all streams say in one tick is copied into one memory and leaves in one write; while that is under way the
 * next gathers. So a stream's bytes are never lent to the carrier: were their memory taken away, the frames of all others would be lost
 * with it.
 */
export class Outbox implements FrameWriter, Gathering {
  readonly #carrier: Connection;
  readonly #owner: OutboxOwner;
  readonly #limit: number;
  readonly #stall: Timeout;
  #memory: Uint8Array = NONE;
  #used = 0;
  /** What the carrier is writing. */
  #sent: Uint8Array | null = null;
  /** Of what was gathered, how many frames are answers. */
  #answers = 0;
  #isFlooded = false;
  #isScheduled = false;
  #ends = false;
  #isClosed = false;
  /** How many writes the carrier has finished. */
  #progress = 0;
  #isWatched = false;

  constructor(carrier: Connection, owner: OutboxOwner, timers: Timers, timeout: number) {
    this.#carrier = carrier;
    this.#owner = owner;
    this.#limit = timeout;
    this.#stall = new Timeout(timers);
  }

  /** The carrier takes nothing more for now. */
  get isBusy(): boolean {
    return this.#sent !== null;
  }

  get room(): number {
    if (this.#used + HEADER + LEAST > LIMIT) this.flush();
    return Math.max(0, LIMIT - this.#used - HEADER);
  }

  // ---- frames -------------------------------------------------------------------------------------------------------

  /** A frame that the peer has caused, of which there may be more than it reads. */
  answer(type: number, flags: number, id: number, length: number): void {
    if (this.#answers === MOST_ANSWERS) this.flush();
    if (this.#answers < MOST_ANSWERS) {
      this.#answers++;
      this.say(type, flags, id, length);
    } else if (!this.#isFlooded) {
      this.#isFlooded = true;
      queueMicrotask(() => this.#owner.onFlood());
    }
  }

  /** A frame that is no answer: of those there are a few for each stream at most. */
  say(type: number, flags: number, id: number, length: number): void {
    if (this.#isClosed || this.#ends) return;
    if (this.#used + HEADER > LARGE) this.flush();
    this.#reserve(HEADER);
    putHeader(this.#memory, this.#used, type, flags, id, length);
    this.#gathered(HEADER);
  }

  sendAtOnce(id: number, chunk: Uint8Array, size: number): boolean {
    if (this.#used + HEADER + size > LIMIT) {
      this.flush();
      if (this.#used + HEADER + size > LIMIT) return false;
    }
    this.#reserve(HEADER + size);
    copyInto(this.#memory, chunk, this.#used + HEADER);
    this.#header(id, size);
    return true;
  }

  sendPart(id: number, write: PendingWrite, size: number): boolean {
    this.#reserve(HEADER + size);
    if (!write.copyTo(this.#memory, this.#used + HEADER, size)) return false;
    this.#header(id, size);
    return true;
  }

  #header(id: number, size: number): void {
    putHeader(this.#memory, this.#used, DATA, 0, id, size);
    this.#gathered(HEADER + size);
  }

  #reserve(size: number): void {
    const needed = this.#used + size;
    if (needed <= this.#memory.length) return;
    const memory = memoryFor(needed);
    if (this.#used > 0) copyInto(memory, partOf(this.#memory, 0, this.#used), 0);
    giveBack(this.#memory);
    this.#memory = memory;
  }

  #gathered(size: number): void {
    // A process that ends inside this tick takes it along.
    if (this.#used === 0) holding.add(this);
    this.#used += size;
    if (isEnding()) this.flush();
    this.turnSoon();
  }

  /** Reports a turn at the end of this tick. */
  turnSoon(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    queueMicrotask(this.#turn);
  }

  readonly #turn = (): void => {
    this.#isScheduled = false;
    if (!this.#isClosed) this.#owner.onTurn();
  };

  // ---- the carrier --------------------------------------------------------------------------------------------------

  /** What was gathered leaves, if the carrier takes it. */
  flush(): void {
    if (this.#sent !== null || this.#used === 0 || this.#isClosed) return;
    holding.delete(this);
    const memory = this.#memory;
    const bytes = partOf(memory, 0, this.#used);
    this.#used = this.#answers = 0;
    const status = this.#carrier.write(this.#carrier.takesShared === true ? bytes : copyOf(bytes));
    if (status !== WRITE_PENDING && isSmall(memory)) return;
    this.#memory = NONE;
    if (status !== WRITE_PENDING) {
      giveBack(memory);
      return;
    }
    this.#sent = memory;
    this.#watch();
  }

  /** The carrier has taken what it was given. */
  onWriteDone(): void {
    if (this.#sent === null) return;
    giveBack(this.#sent);
    this.#sent = null;
    this.#progress++;
    if (this.#ends) this.#finish();
    else this.#owner.onTurn();
  }

  /** One timer for many writes. */
  #watch(): void {
    if (this.#isWatched) return;
    this.#isWatched = true;
    const before = this.#progress;
    this.#stall.start(this.#limit, () => {
      this.#isWatched = false;
      if (this.#sent === null) return;
      if (this.#progress === before) this.#owner.onStall();
      else this.#watch();
    });
  }

  /** Nothing more is said: what was leaves, and then the end. */
  end(): void {
    if (this.#ends || this.#isClosed) return;
    this.#ends = true;
    this.#finish();
  }

  #finish(): void {
    this.flush();
    if (this.#sent !== null) return;
    this.#owner.onFinished();
  }

  /** The carrier is gone. What it was writing may still be looked at, and is nobody's. */
  close(): void {
    this.#isClosed = true;
    holding.delete(this);
    this.#stall.stop();
    if (this.#sent === null) giveBack(this.#memory);
    this.#memory = NONE;
    this.#used = 0;
  }
}
