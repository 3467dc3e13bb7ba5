import type { Bindings, StreamHandle } from '../binding/bindings.js';
import type { LibuvConnection } from './libuv-connection.js';
import type { ReadingHandle } from '../memory/read-memory.js';

/** The connection that a handle belongs to; a handle that was taken away has none. */
export const connectionOf = Symbol('netstrata.connection');

/** @internal A handle with what connections put on it. */
export interface OwnedHandle extends ReadingHandle {
  [connectionOf]?: LibuvConnection | undefined;
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

/** For handles that nobody wants to hear of any more. */
export function ignore(): undefined {}
