import type { ShutdownRequest, StreamHandle, WriteRequest } from '../../native/stream-handle.js';
import type { Bindings } from '../binding/bindings.js';
import type { ReadingHandle } from '../memory/read-memory.js';

/** Owns the functions that handles and requests call, and where these find the connection. */

/** On a handle: the connection that it belongs to. One that was given away has none. */
export const connectionOf = Symbol('netstrata.connection');

/** What is called on a connection. */
export interface HandleOwner {
  readonly native: unknown;
  received(handle: OwnedHandle, size: number, given: ArrayBuffer | undefined): void;
  ended(): void;
  fail(status: number, syscall: string): void;
  writeSettled(status: number): void;
  shutdownDone(): void;
  reportClosed(): void;
}

/** @internal A handle with what connections put on it. */
export interface OwnedHandle extends ReadingHandle {
  [connectionOf]?: HandleOwner | undefined;
}

/** What handles call with what they have read. */
export function onreadOf({ streamBaseState, kReadBytesOrError, UV_EOF }: Bindings): NonNullable<StreamHandle['onread']> {
  return function onread(this: OwnedHandle, buffer) {
    const size = streamBaseState[kReadBytesOrError];
    const connection = this[connectionOf];
    if (connection === undefined || size === 0) return;
    if (size > 0) connection.received(this, size, buffer);
    else if (size === UV_EOF) connection.ended();
    else connection.fail(size, 'read');
  };
}

/** The `onread` of a handle without a connection. */
export function ignore(): undefined {}

/** What write requests call when they are done. */
export function writeComplete(this: WriteRequest, status: number): void {
  const connection = this.connection as HandleOwner;
  this.connection = null;
  this.chunks = null;
  connection.writeSettled(status);
}

export function shutdownComplete(this: ShutdownRequest): void {
  (this.connection as HandleOwner).shutdownDone();
}

/** What handles call when they are closed. */
export function closed(this: StreamHandle): void {
  (this as OwnedHandle)[connectionOf]?.reportClosed();
}

/**
 * The same for a connection that shares its handle, and for one whose handle has a `close` that is not the runtime's: what a tool has put
 * there may call without `this`.
 */
export function closedFor(connection: HandleOwner): () => void {
  return () => { connection.reportClosed(); };
}

/** Whether a connection is about to close the handle, or has: its `onClose` must not go to another. */
export function isLeaving(handle: OwnedHandle): boolean {
  return handle[connectionOf] !== undefined && handle[connectionOf].native === null;
}
