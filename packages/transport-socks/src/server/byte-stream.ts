import { engine, type StreamEngine } from '@netstrata/stream-core';
import type { Connection } from '@netstrata/transport';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as the listeners of every stream
type Listener = (...args: any[]) => void;

/**
 * What the server needs of a connection: a socket of `net-compat` or of `node:net`, a TLS socket, a Duplex of `stream-core` and any other
 * Duplex of Node's have it.
 */
export interface ByteStream {
  /** Set to true: the end of one side does not end the other. */
  allowHalfOpen: boolean;
  /** Whether it is closed. */
  readonly destroyed: boolean;
  /** Whether everything was read, up to its end. */
  readonly readableEnded: boolean;
  /** Whether everything was sent, and its end. */
  readonly writableFinished: boolean;
  /** The address of the peer, where it has one. */
  readonly remoteAddress?: string | undefined;
  /** The port of the peer, where it has one. */
  readonly remotePort?: number | undefined;
  /** Adds a listener. */
  on(event: string, listener: Listener): unknown;
  /** Removes a listener. */
  removeListener(event: string, listener: Listener): unknown;
  /** Sends bytes; false asks to wait for `drain`. */
  write(chunk: Uint8Array): boolean;
  /** Ends the writing side. */
  end(): unknown;
  /** Stops `data`. */
  pause(): unknown;
  /** Lets `data` come. */
  resume(): unknown;
  /** Puts bytes back in front of what will be read. */
  unshift(chunk: Uint8Array): unknown;
  /** Sends all of it to another stream. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a stream of Node's and one of ours pipe to has no type of both
  pipe(destination: any): unknown;
  /** Closes both directions at once. */
  destroy(error?: Error): unknown;
  /** Closes with a reset, where it can. */
  resetAndDestroy?(): unknown;
  /** TCP_NODELAY, where it is TCP. */
  setNoDelay?(on: boolean): unknown;
  /** SO_KEEPALIVE, where it is TCP. In milliseconds. */
  setKeepAlive?(on: boolean, initialDelay: number): unknown;
}

const engineOf = (stream: ByteStream): StreamEngine | undefined => (stream as { [engine]?: StreamEngine })[engine];

/** What is below a Duplex of ours: a connection of a transport, or some other channel. */
const below = (stream: ByteStream): Partial<Connection> => engineOf(stream)?.channel ?? {};

/** Where a client is. */
export interface Remote {
  readonly address: string;
  readonly port: number;
}

/** Null where nobody tells. */
export function remoteOf(stream: ByteStream): Remote | null {
  const { remoteAddress: address, remotePort: port } = stream;
  if (address !== undefined && port !== undefined) return { address, port };
  const { remote } = below(stream);
  return remote && 'address' in remote ? { address: remote.address, port: remote.port } : null;
}

/** A peer that is gone without a word is noticed so. */
const KEEP_ALIVE_MS = 60_000;

/** As both sides of a proxy are set: nothing waits for more, and who has vanished is noticed. */
export function prepare(target: Pick<ByteStream, 'setNoDelay' | 'setKeepAlive'>): void {
  target.setNoDelay?.(true);
  target.setKeepAlive?.(true, KEEP_ALIVE_MS);
}

/** The same for a stream, whoever has the methods. */
export function prepareStream(stream: ByteStream): void {
  prepare(stream.setNoDelay === undefined ? below(stream) : stream);
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
  engineOf(stream)?.abortOnRelease();
  stream.destroy();
}

/** It has said and heard everything. */
export const isDone = (stream: ByteStream): boolean => stream.readableEnded && stream.writableFinished;
