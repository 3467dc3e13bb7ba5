import { Duplex, type DuplexOptions } from 'node:stream';
import { WRITE_DONE, type Channel, type ChannelSink } from '../../src/index.js';

type Callback = (error?: Error | null) => void;

/** Node's own Duplex on a channel, put together as `node:net` does it on a handle: the oracle. */
export class NodeDuplex extends Duplex implements ChannelSink {
  #channel: Channel | null;
  #started = false;
  #write: Callback | null = null;
  #final: Callback | null = null;

  constructor(channel: Channel, options: DuplexOptions = {}) {
    super({ highWaterMark: 65536, ...options, emitClose: false });
    this.#channel = channel;
    channel.sink = this;
  }

  override _read(): void {
    if (this.#started || this.#channel === null) return;
    this.#started = true;
    this.#channel.readStart();
  }

  override _write(chunk: Uint8Array, _encoding: string, callback: Callback): void {
    this.#write = callback;
    if (this.#channel!.write(chunk) === WRITE_DONE) this.onWriteDone();
  }

  override _writev(chunks: { chunk: Uint8Array }[], callback: Callback): void {
    this.#write = callback;
    if (this.#channel!.writev(chunks.map(({ chunk }) => chunk)) === WRITE_DONE) this.onWriteDone();
  }

  override _final(callback: Callback): void {
    this.#final = callback;
    this.#channel!.shutdown();
  }

  override _destroy(error: Error | null, callback: Callback): void {
    const channel = this.#channel;
    this.#channel = null;
    callback(error);
    if (channel !== null) channel.close();
    else process.nextTick(() => this.emit('close'));
  }

  onData(chunk: Uint8Array): void {
    if (this.push(chunk)) return;
    this.#started = false;
    this.#channel?.readStop();
  }

  onEnd(): void {
    this.#started = false;
    this.push(null);
    this.read(0);
  }

  onWriteDone(): void {
    const callback = this.#write;
    this.#write = null;
    callback?.();
  }

  onShutdownDone(): void {
    this.#final?.();
  }

  onClose(error: Error | null): void {
    const expected = this.destroyed;
    this.#channel = null;
    const callback = this.#write;
    this.#write = null;
    // As Node's sockets from 22 on: a write that was under way is told that it was cancelled.
    callback?.(error ?? Object.assign(new Error('write ECANCELED'), { code: 'ECANCELED' }));
    if (expected) this.emit('close');
    else this.destroy(error ?? undefined);
  }
}
