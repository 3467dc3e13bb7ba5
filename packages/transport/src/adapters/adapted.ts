import {
  asBytes, ByteQueue, copyOf, isBytes, joined, optionsOf, sizeOf, WRITE_DONE, WRITE_PENDING,
  type ChannelSink, type WriteStatus,
} from '@netstrata/stream-core';
import type { Endpoint } from '../contract/endpoint.js';
import { isSystemError, systemError } from '../errors/system-error.js';
import type { Connection } from '../contract/transport.js';

/** Endpoints, which a stream does not know. */
export interface AdapterOptions {
  /**
   * What `Connection.local` says until the stream is closed.
   * @defaultValue null
   */
  readonly local?: Endpoint | undefined;
  /**
   * What `Connection.remote` says until the stream is closed.
   * @defaultValue null
   */
  readonly remote?: Endpoint | undefined;
}

/**
 * What the adapters share: the rules of the contract that a stream does not keep. Streams run callbacks inside calls,
 * end while they are paused and fail in various ways; all of it passes through here and leaves in a microtask.
 */
export abstract class Adapted implements Connection {
  sink: ChannelSink | null = null;
  readonly takesShared = true;
  bytesRead = 0;
  bytesWritten = 0;
  /** All of a write is copied at once. */
  readonly writevLimit = 1_048_576;
  protected reading = false;
  protected pending = false;
  /** No more work: closed, or failed. `onClose` is on its way or was called. */
  protected gone = false;
  protected ended = false;
  readonly #options: AdapterOptions;
  readonly #inbox = new ByteQueue();
  #delivering = false;
  #endReported = false;
  #error: Error | null = null;

  constructor(options: AdapterOptions | undefined) {
    this.#options = optionsOf(options, ['local', 'remote']);
  }

  get local(): Endpoint | null {
    return this.gone ? null : (this.#options.local ?? null);
  }

  get remote(): Endpoint | null {
    return this.gone ? null : (this.#options.remote ?? null);
  }

  readStart(): void {
    if (this.gone) return;
    this.reading = true;
    this.#deliverSoon();
  }

  readStop(): void {
    this.reading = false;
  }

  write(chunk: Uint8Array): WriteStatus {
    return this.writev([chunk]);
  }

  writev(chunks: readonly Uint8Array[]): WriteStatus {
    const copy = copied(chunks);
    if (copy.length === 0) return WRITE_DONE;
    this.bytesWritten += copy.length;
    this.pending = true;
    this.send(copy);
    return WRITE_PENDING;
  }

  close(): void {
    this.#error = null;
    if (this.gone) return;
    this.#leave();
    this.release(this.pending);
  }

  abort(): void {
    this.#error = null;
    if (this.gone) return;
    this.#leave();
    this.reset();
  }

  abstract shutdown(): void;
  abstract ref(): void;
  abstract unref(): void;

  /** Starts a write; then `sent` or `failed`. */
  protected abstract send(copy: Uint8Array): void;
  /** Asks for more: reading is on, and all that arrived was delivered. */
  protected abstract more(): void;
  /** Gives the stream up: gracefully, or dropping what is on its way. */
  protected abstract release(dropping: boolean): void;
  protected abstract reset(): void;

  /** Copied: the stream may hold on to what it gives, or give parts of memory that others have too. */
  protected arrived(chunk: unknown): void {
    if (this.gone) return;
    try {
      if (!isBytes(chunk)) throw new TypeError('The stream gave a chunk that is no Uint8Array');
      const bytes = asBytes(chunk);
      if (sizeOf(bytes) > 0) this.#inbox.push(copyOf(bytes));
    } catch (reason) {
      this.failed('read', reason);
      return;
    }
    this.#deliverSoon();
  }

  protected arrivedEnd(): void {
    this.ended = true;
    this.#deliverSoon();
  }

  protected sent(): void {
    queueMicrotask(() => {
      if (this.gone) return;
      this.pending = false;
      this.sink?.onWriteDone();
    });
  }

  protected shutDown(): void {
    queueMicrotask(() => {
      if (!this.gone) this.sink?.onShutdownDone();
    });
  }

  /** A stream's own reason becomes the cause of a system error, unless it is one. */
  protected failed(syscall: 'read' | 'write', reason: unknown): void {
    if (this.gone) return;
    const code = syscall === 'read' ? 'ECONNRESET' : 'EPIPE';
    this.#error = isSystemError(reason) ? reason : Object.assign(systemError({ code, syscall }), { cause: reason });
    this.#leave();
    this.release(true);
  }

  #leave(): void {
    this.gone = true;
    this.#inbox.clear();
    queueMicrotask(() => this.sink?.onClose(this.#error));
  }

  #deliverSoon(): void {
    if (this.#delivering || !this.reading) return;
    this.#delivering = true;
    queueMicrotask(() => {
      this.#delivering = false;
      try {
        this.#deliver();
      } catch (error) {
        // A listener of the user's: what else there is comes all the same.
        this.#deliverSoon();
        throw error;
      }
    });
  }

  #deliver(): void {
    while (this.#open() && this.#inbox.length > 0) {
      const chunk = this.#inbox.shift()!;
      this.bytesRead += chunk.length;
      this.sink?.onData(chunk);
    }
    if (!this.#open()) return;
    if (!this.ended) this.more();
    else if (!this.#endReported) {
      this.#endReported = true;
      this.sink?.onEnd();
    }
  }

  /** Asked again after every call of the sink: it may have stopped or closed. */
  #open(): boolean {
    return this.reading && !this.gone;
  }
}

/**
 * A stream may hold on to a chunk that it has called back for. So it gets memory of its own, and a plain Uint8Array: what is behind the
 * stream may expect that `slice` copies.
 */
function copied(chunks: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(joined(chunks).buffer);
}
