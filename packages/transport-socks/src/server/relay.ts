import { Duplex } from '@netstrata/stream-core';
import type { Connection } from '@netstrata/transport';
import { Timeout, type Timers } from '@netstrata/transport/layers';
import { isDone, prepare, reset, type ByteStream } from './byte-stream.js';

/** How often in an idle time it is looked whether something has come. */
const LOOKS = 4;
/** How long a far end may take nothing of what a client that is gone has left behind: as long as systems wait for it. */
const LEFT_BEHIND_MS = 120_000;

/**
 * Joins a client and the connection that it has asked for, until both are gone. An end in one direction is passed on alone; a reset, and
 * whatever else cuts a stream off, becomes a reset at the other side.
 */
export class Relay {
  readonly #client: ByteStream;
  readonly #far: ByteStream;
  readonly #connection: Connection;
  readonly #timeout: Timeout;
  readonly #over: () => void;
  /** Of the two sides. */
  #left = 2;
  /** Null where it may be idle for ever. */
  #idleTimeout: number | null = null;
  #looksLeft = LOOKS;
  #seen = -1;

  /** @param over both sides are gone */
  constructor(client: ByteStream, connection: Connection, timers: Timers, over: () => void) {
    this.#client = client;
    this.#connection = connection;
    this.#far = new Duplex(connection);
    this.#timeout = new Timeout(timers);
    this.#over = over;
  }

  start(idleTimeout: number | null): this {
    const [client, far] = [this.#client, this.#far];
    prepare(this.#connection);
    far.on('error', () => { reset(client); });
    far.on('close', () => {
      if (!isDone(far)) reset(client);
      this.#gone();
    });
    client.pipe(far);
    far.pipe(client);
    this.#watch(idleTimeout);
    return this;
  }

  /** The client is gone; to be called once. What it has sent may still be on its way. */
  stop(): void {
    if (!isDone(this.#client)) reset(this.#far);
    else if (this.#left > 1) this.#watch(Math.min(this.#idleTimeout ?? LEFT_BEHIND_MS, LEFT_BEHIND_MS));
    this.#gone();
  }

  #gone(): void {
    if (--this.#left > 0) return;
    this.#timeout.stop();
    this.#over();
  }

  #watch(idleTimeout: number | null): void {
    this.#idleTimeout = idleTimeout;
    this.#looksLeft = LOOKS;
    if (idleTimeout !== null) this.#look(Math.max(1, Math.ceil(idleTimeout / LOOKS)));
  }

  /** In every part of the idle time once: the counters of the connection say whether bytes have moved. */
  #look(part: number): void {
    const moved = this.#connection.bytesRead + this.#connection.bytesWritten;
    this.#looksLeft = moved === this.#seen ? this.#looksLeft - 1 : LOOKS;
    this.#seen = moved;
    if (this.#looksLeft > 0) this.#timeout.start(part, () => { this.#look(part); });
    else {
      reset(this.#client);
      reset(this.#far);
    }
  }
}
