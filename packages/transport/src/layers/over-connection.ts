import type { ChannelEncoding, ChannelSink, WriteStatus } from '@netstrata/stream-core';
import type { Endpoint } from '../contract/endpoint.js';
import type { Connection, KnownFacts } from '../contract/transport.js';
import { passOn } from './passed-on.js';

/** What a connection over another one, which may come late, asks and tells that one as it is: all but what moves bytes. */
export abstract class OverConnection implements Connection {
  setNoDelay?: (on: boolean) => void;
  setKeepAlive?: (on: boolean, initialDelayMs: number, intervalMs?: number, count?: number) => void;
  setTypeOfService?: (value: number) => void;
  /** As `Connection.getTypeOfService`, where the connection below has it. */
  getTypeOfService?: () => number;
  writeString?: (text: string, encoding: ChannelEncoding) => WriteStatus;
  #below: Connection | null = null;
  #isHeld = true;
  #owner: unknown = undefined;

  abstract sink: ChannelSink | null;
  abstract readonly bytesRead: number;
  abstract readonly bytesWritten: number;
  abstract readStart(): void;
  abstract readStop(): void;
  abstract write(chunk: Uint8Array): WriteStatus;
  abstract writev(chunks: readonly Uint8Array[]): WriteStatus;
  abstract shutdown(): void;
  abstract close(): void;
  abstract abort(): void;

  /** The connection below: null before it is there. */
  get below(): Connection | null {
    return this.#below;
  }

  protected put(below: Connection): void {
    this.#below = below;
    passOn(this, below);
    if (!this.#isHeld) below.unref();
    if (this.#owner !== undefined) below.owner = this.#owner;
  }

  get local(): Endpoint | null {
    return this.#below?.local ?? null;
  }

  get remote(): Endpoint | null {
    return this.#below?.remote ?? null;
  }

  get facts(): KnownFacts | undefined {
    return this.#below?.facts;
  }

  set owner(owner: unknown) {
    this.#owner = owner;
    if (this.#below !== null) this.#below.owner = owner;
  }

  get takesShared(): boolean {
    return this.#below?.takesShared === true;
  }

  get writevLimit(): number | undefined {
    return this.#below?.writevLimit;
  }

  ref(): void {
    this.#isHeld = true;
    this.#below?.ref();
  }

  /** Lets the process end. */
  unref(): void {
    this.#isHeld = false;
    this.#below?.unref();
  }
}
