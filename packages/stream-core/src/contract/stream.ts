import type { EventEmitter } from '../base/emitter.js';
import type { awaitChannel, defaultMethods, emitClosed } from '../base/symbols.js';

/** Called once a write, or the end of writing, is settled. */
export type WriteCallback = (error?: Error | null) => void;

/** A chunk on its way to `_writev`, or to the channel. */
export interface Outgoing {
  /** What is to be written. */
  readonly chunk: Uint8Array | string;
  /** The encoding of text; `buffer` for bytes. */
  readonly encoding: string;
}

/** A write, or the end of writing, that found no channel. */
export interface Pending {
  /** There is one now. */
  readonly proceed: () => void;
  /** There will be none. */
  readonly cancel: WriteCallback | null;
}

/** The methods of a class that a user may replace, as the library has them. */
export interface DefaultMethods {
  /** Of the class, to tell whether a subclass has another one. */
  readonly _read: unknown;
  /** Likewise. */
  readonly _write: unknown;
  /** Likewise. */
  readonly _writev: unknown;
  /** Likewise. */
  readonly _writeGeneric: unknown;
  /** Likewise. */
  readonly write: unknown;
  /** Likewise. */
  readonly push: unknown;
}

/** What the engine and its two sides ask of the stream that the user holds, whose methods may be the user's own. */
export interface Stream extends EventEmitter {
  readonly [defaultMethods]: DefaultMethods;
  readonly allowHalfOpen: boolean;
  readonly writable: boolean;
  readonly writableEnded: boolean;
  readonly destroyed: boolean;
  read(size?: number): unknown;
  push(chunk: Uint8Array | string | null): boolean;
  resume(): unknown;
  write(chunk: Uint8Array | string): boolean;
  end(): unknown;
  destroy(error?: Error | null): unknown;
  _read(size: number): void;
  _write(chunk: Uint8Array | string, encoding: string, callback: WriteCallback): void;
  _writev?(chunks: Outgoing[], callback: WriteCallback): void;
  _writeGeneric?(several: boolean, data: Uint8Array | string | Outgoing[], encoding: string, callback: WriteCallback): void;
  _final(callback: WriteCallback): void;
  _destroy(error: Error | null, callback: (error?: Error | null) => void): void;
  [awaitChannel](pending: Pending): void;
  [emitClosed](hadError: boolean): void;
}
