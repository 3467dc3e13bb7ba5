import {
  asBytes, bytesGone, copyInto, copyOf, isByteArray, sizeOf, type Channel, type ChannelSink, type WriteStatus,
} from '@netstrata/stream-core';
import { systemError } from '@netstrata/transport';
import { systemErrors } from '../runtime/runtime.js';
import type { SocketFace } from '../shared/socket-face.js';

/** What is read goes into one buffer, again and again, and the callback gets how much: no stream, no memory per read. */
export interface OnReadOptions {
  /** The buffer, or a function that gives one for each read. */
  readonly buffer: Uint8Array | (() => Uint8Array);
  /** False stops reading, until the socket is resumed. */
  // eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- as Node's type
  readonly callback: (bytes: number, buffer: Uint8Array) => boolean | void;
}

export function isOnRead(value: unknown): value is OnReadOptions {
  if (typeof value !== 'object' || value === null) return false;
  const { buffer, callback } = value as Partial<OnReadOptions>;
  return (isByteArray(buffer) || typeof buffer === 'function') && typeof callback === 'function';
}

/**
 * A channel of which the bytes that arrive are copied into the user's buffer, and everything else goes to the stream. The system itself
 * never reads into that: the user may move it elsewhere while a read is under way.
 */
export class UserBuffer implements Channel, ChannelSink {
  sink: ChannelSink | null = null;
  readonly wantsBorrowed = 'briefly';
  readonly takesShared: boolean;
  readonly writevLimit: number;
  readonly #channel: Channel;
  readonly #socket: SocketFace;
  readonly #options: OnReadOptions;
  #buffer: Uint8Array = new Uint8Array();
  /** What it was when the user gave it. */
  #size = 0;
  /** Of the last chunk, what came after the user had said to stop, or had thrown. */
  #rest: Uint8Array | null = null;
  #reading = false;

  constructor(channel: Channel, socket: SocketFace, options: OnReadOptions) {
    this.#channel = channel;
    this.#socket = socket;
    this.#options = options;
    this.takesShared = channel.takesShared === true;
    this.writevLimit = channel.writevLimit ?? Infinity;
    channel.sink = this;
    this.#refill();
  }

  get bytesRead(): number { return this.#channel.bytesRead; }
  get bytesWritten(): number { return this.#channel.bytesWritten; }

  readStart(): void {
    this.#reading = true;
    if (this.#rest === null) this.#channel.readStart();
    else this.#socket._readableState.engine.nextTick(deliverRest, this);
  }

  readStop(): void {
    this.#reading = false;
    this.#channel.readStop();
  }

  /** @internal */
  deliverRest(): void {
    const rest = this.#rest;
    if (!this.#reading || rest === null || this.#socket.destroyed) return;
    this.#rest = null;
    try {
      this.onData(rest);
    } finally {
      if (this.#reading && this.#rest === null) this.#channel.readStart();
    }
  }

  onBorrowed(piece: Uint8Array): boolean {
    this.onData(piece);
    return true;
  }

  onData(chunk: Uint8Array): void {
    this.#socket._unrefTimer();
    let left = chunk;
    try {
      while (left.length > 0 && this.#reading && !this.#socket.destroyed) {
        const bytes = this.#put(left);
        if (bytes === 0) return;
        left = left.subarray(bytes);
        this.#tell(bytes);
      }
    } finally {
      if (left.length > 0) this.#keep(left);
    }
  }

  /** As much as there is room for. Without any, or where the user's memory is not what it was, the socket is over. */
  #put(bytes: Uint8Array): number {
    try {
      const buffer = asBytes(this.#buffer);
      if (sizeOf(buffer) < this.#size) throw bytesGone('the onread buffer');
      if (this.#size === 0) throw systemError({ code: 'ENOBUFS', syscall: 'read', errors: systemErrors() });
      const piece = bytes.subarray(0, this.#size);
      // Not by the user's own `set`, which would be shown the memory that all connections read into.
      copyInto(buffer, piece, 0);
      return piece.length;
    } catch (error) {
      this.#socket.destroy(error as Error);
      return 0;
    }
  }

  #tell(bytes: number): void {
    const goOn = this.#options.callback.call(this.#socket, bytes, this.#buffer);
    this.#refill();
    if (goOn === false) this.#socket._readableState.stopChannel();
  }

  /** For when the user wants more. One whose callback has thrown did not say to stop. */
  #keep(rest: Uint8Array): void {
    this.#rest = copyOf(rest);
    // What comes meanwhile would overtake it.
    this.#channel.readStop();
    if (this.#reading) this.#socket._readableState.engine.nextTick(deliverRest, this);
  }

  /** The buffer for the next read. What is no buffer leaves the one before. */
  #refill(): void {
    const { buffer } = this.#options;
    const next: unknown = typeof buffer === 'function' ? buffer() : buffer;
    if (!isByteArray(next) || next === this.#buffer) return;
    this.#buffer = next;
    this.#size = sizeOf(next);
  }

  onEnd(): void { this.sink?.onEnd(); }
  onWriteDone(): void { this.sink?.onWriteDone(); }
  onShutdownDone(): void { this.sink?.onShutdownDone(); }
  onClose(error: Error | null): void { this.sink?.onClose(error); }

  write(chunk: Uint8Array): WriteStatus { return this.#channel.write(chunk); }
  writev(chunks: readonly Uint8Array[]): WriteStatus { return this.#channel.writev(chunks); }
  shutdown(): void { this.#channel.shutdown(); }
  close(): void { this.#channel.close(); }
  abort(): void { this.#channel.abort(); }
  ref(): void { this.#channel.ref(); }
  unref(): void { this.#channel.unref(); }
}

function deliverRest(channel: UserBuffer): void { channel.deliverRest(); }
