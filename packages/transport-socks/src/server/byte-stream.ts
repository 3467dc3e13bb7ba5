import { engine, type StreamEngine } from '@netstrata/stream-core';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as the listeners of every stream
type Listener = (...args: any[]) => void;

/**
 * What the server needs of a connection: a socket of `net-compat` or of `node:net`, a TLS socket, a Duplex of `stream-core` and any other
 * Duplex of Node's have it.
 */
export interface ByteStream {
  allowHalfOpen: boolean;
  readonly destroyed: boolean;
  readonly readableEnded: boolean;
  readonly writableFinished: boolean;
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
  on(event: string, listener: Listener): unknown;
  removeListener(event: string, listener: Listener): unknown;
  write(chunk: Uint8Array): boolean;
  end(): unknown;
  pause(): unknown;
  resume(): unknown;
  unshift(chunk: Uint8Array): unknown;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a stream of Node's and one of ours pipe to has no type of both
  pipe(destination: any): unknown;
  destroy(error?: Error): unknown;
  resetAndDestroy?(): unknown;
  setNoDelay?(on: boolean): unknown;
  setKeepAlive?(on: boolean, initialDelay: number): unknown;
}

/** Closes a stream so that its peer takes it for no end, as far as the stream can do that. */
export function reset(stream: ByteStream): void {
  if (stream.destroyed) return;
  try {
    if (stream.resetAndDestroy !== undefined) {
      stream.resetAndDestroy();
      return;
    }
  } catch {
    // What is no socket of TCP, TLS among them, throws.
  }
  (stream as { [engine]?: StreamEngine })[engine]?.abortOnRelease();
  stream.destroy();
}

/** It has said and heard everything. */
export const isDone = (stream: ByteStream): boolean => stream.readableEnded && stream.writableFinished;
