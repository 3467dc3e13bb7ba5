import type { ChannelSink, WriteStatus } from '@netstrata/stream-core';
import type { Connection, ConnectSink, Endpoint } from '@netstrata/transport';

/**
 * A connection over another one, whose sink it is: all calls go down, all reports go up. Subclasses step in where they have something
 * to do. What only the inner one could do by itself is left out: to lend its memory, to take text.
 */
export class Wrapped implements Connection, ConnectSink {
  sink: ChannelSink | null;
  setNoDelay?: (on: boolean) => void;
  setKeepAlive?: (on: boolean, initialDelayMs: number, intervalMs?: number, count?: number) => void;
  setTypeOfService?: (value: number) => void;
  getTypeOfService?: () => number;
  protected inner!: Connection;
  readonly #dialling: ConnectSink | null;

  /** With the sink that dialled; null for a connection that was accepted. */
  constructor(dialling: ConnectSink | null) {
    this.sink = this.#dialling = dialling;
  }

  /** What it stands on: known only once `connect` of the inner transport has returned. */
  attach(inner: Connection): this {
    this.inner = inner;
    inner.sink = this;
    if (inner.setNoDelay) this.setNoDelay = (on) => inner.setNoDelay!(on);
    if (inner.setKeepAlive) this.setKeepAlive = (...how) => inner.setKeepAlive!(...how);
    if (inner.setTypeOfService) this.setTypeOfService = (value) => inner.setTypeOfService!(value);
    if (inner.getTypeOfService) this.getTypeOfService = () => inner.getTypeOfService!();
    return this;
  }

  get local(): Endpoint | null {
    return this.inner.local;
  }

  get remote(): Endpoint | null {
    return this.inner.remote;
  }

  get bytesRead(): number {
    return this.inner.bytesRead;
  }

  get bytesWritten(): number {
    return this.inner.bytesWritten;
  }

  /** As the inner one, which gets what is written as it is. Whoever keeps it or shows it to others must make a copy. */
  get takesShared(): boolean {
    return this.inner.takesShared === true;
  }

  get writevLimit(): number | undefined {
    return this.inner.writevLimit;
  }

  readStart(): void {
    this.inner.readStart();
  }

  readStop(): void {
    this.inner.readStop();
  }

  write(chunk: Uint8Array): WriteStatus {
    return this.inner.write(chunk);
  }

  writev(chunks: readonly Uint8Array[]): WriteStatus {
    return this.inner.writev(chunks);
  }

  shutdown(): void {
    this.inner.shutdown();
  }

  close(): void {
    this.inner.close();
  }

  abort(): void {
    this.inner.abort();
  }

  ref(): void {
    this.inner.ref();
  }

  unref(): void {
    this.inner.unref();
  }

  onConnect(): void {
    this.#dialling?.onConnect();
  }

  onData(chunk: Uint8Array): void {
    this.sink?.onData(chunk);
  }

  onEnd(): void {
    this.sink?.onEnd();
  }

  onWriteDone(): void {
    this.sink?.onWriteDone();
  }

  onShutdownDone(): void {
    this.sink?.onShutdownDone();
  }

  onClose(error: Error | null): void {
    this.sink?.onClose(error);
  }
}
