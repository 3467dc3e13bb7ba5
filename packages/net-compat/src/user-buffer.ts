import type { Channel, ChannelSink, WriteStatus } from '@netstrata/stream-core';
import type { Socket } from './socket.js';

/** What is read goes into one buffer, again and again, and the user is told how much: no stream, no memory per read. */
export interface OnReadOptions {
  /** The buffer, or a function that gives one for each read. */
  readonly buffer: Uint8Array | (() => Uint8Array);
  /** False stops reading, until the socket is resumed. */
  readonly callback: (bytes: number, buffer: Uint8Array) => boolean | void; // eslint-disable-line @typescript-eslint/no-invalid-void-type -- as Node's type
}

export function isOnRead(value: unknown): value is OnReadOptions {
  if (typeof value !== 'object' || value === null) return false;
  const { buffer, callback } = value as Partial<OnReadOptions>;
  return (buffer instanceof Uint8Array || typeof buffer === 'function') && typeof callback === 'function';
}

/** A channel of which the bytes that arrive go to the user, and everything else to the stream. */
export class UserBuffer implements Channel, ChannelSink {
  sink: ChannelSink | null = null;
  readonly #channel: Channel;
  readonly #socket: Socket;
  readonly #options: OnReadOptions;
  #buffer: Uint8Array;
  /** Of the last chunk, what came after the user had said to stop. */
  #rest: Uint8Array | null = null;
  #reading = false;

  constructor(channel: Channel, socket: Socket, options: OnReadOptions) {
    this.#channel = channel;
    this.#socket = socket;
    this.#options = options;
    this.#buffer = typeof options.buffer === 'function' ? options.buffer() : options.buffer;
    channel.sink = this;
  }

  get bytesRead(): number { return this.#channel.bytesRead; }
  get bytesWritten(): number { return this.#channel.bytesWritten; }

  readStart(): void {
    this.#reading = true;
    if (this.#rest === null) this.#channel.readStart();
    else this.#socket._readableState.core.nextTick(deliverRest, this);
  }

  readStop(): void {
    this.#reading = false;
    this.#channel.readStop();
  }

  /** @internal */
  deliverRest(): void {
    const rest = this.#rest;
    if (!this.#reading || rest === null) return;
    this.#rest = null;
    this.onData(rest);
    if (this.#reading && this.#rest === null) this.#channel.readStart();
  }

  onData(chunk: Uint8Array): void {
    this.#socket._unrefTimer();
    let next = 0;
    while (next < chunk.length) {
      const buffer = this.#buffer;
      const piece = chunk.subarray(next, next + buffer.length);
      buffer.set(piece);
      next += piece.length;
      const goOn = this.#options.callback(piece.length, buffer);
      if (typeof this.#options.buffer === 'function') this.#buffer = this.#options.buffer();
      if (goOn === false) this.#socket._readableState.stopChannel();
      if (!this.#reading || this.#socket.destroyed) break;
    }
    if (next < chunk.length) this.#rest = chunk.subarray(next);
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
