import type { Bindings, StreamHandle } from './bindings.js';
import { arrived, type BufferedHandle } from './changing-buffer.js';
import type { LibuvConnection } from './libuv-connection.js';

/** The connection that a handle belongs to; a handle that was taken away has none. */
export const connectionOf = Symbol('netstrata.connection');

/** @internal A handle with what connections put on it. */
export interface OwnedHandle extends BufferedHandle {
  [connectionOf]?: LibuvConnection | undefined;
}

/** What handles call with what they have read. */
export function onreadOf({ streamBaseState, kReadBytesOrError, UV_EOF }: Bindings): NonNullable<StreamHandle['onread']> {
  return function onread(this: OwnedHandle, buffer) {
    const size = streamBaseState[kReadBytesOrError];
    const connection = this[connectionOf];
    arrived();
    if (connection === undefined || size === 0) return undefined;
    if (size > 0) {
      if (buffer === undefined) return connection.received(this, size);
      // Somebody put a listener of their own on the handle: what it allocated is ours to keep.
      connection.sink?.onData(Buffer.from(buffer, 0, size));
    } else if (size === UV_EOF) connection.ended();
    else connection.fail(size, 'read');
    return undefined;
  };
}

/** For handles that nobody wants to hear of any more. */
export function ignore(): undefined {}
