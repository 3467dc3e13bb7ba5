import type { Socket } from 'node:net';
import { codedError } from '@netstrata/stream-core';
import { systemError } from '@netstrata/transport';
import { builtinOptions, net } from './builtin-net.js';

/** Where the path of a listening pipe stands on its handle: the handle cannot be asked, and it may change hands. */
export const pathOf = Symbol('netstrata.path');

/**
 * The native handle of an open descriptor, or a libuv error number. Which kind of handle a descriptor wants, only Node's own
 * net can tell; it gives the handle away untouched. Throws ERR_INVALID_FD_TYPE when the descriptor is no stream.
 */
export function handleOfDescriptor(descriptor: number, listening: boolean): unknown {
  if (listening) {
    const create = (net as unknown as { _createServerHandle: (address: null, port: null, type: null, fd: number) => unknown })._createServerHandle;
    return create(null, null, null, descriptor);
  }
  // Neither readable nor writable, so that nothing starts on the handle.
  const shell = new net.Socket(builtinOptions({ fd: descriptor, readable: false, writable: false })) as Socket & { _handle: unknown };
  const handle = shell._handle;
  shell._handle = null;
  return handle;
}

interface Handle {
  readonly listen?: unknown;
  readonly readStart?: unknown;
  getAsyncId?(): number;
  hasRef?(): boolean;
  ref(): void;
  unref(): void;
}

/** Throws ERR_INVALID_HANDLE_TYPE unless `native` is what a stream handle of Node's looks like, EBADF when it is closed. */
export function checkHandle(native: unknown, listening: boolean): object {
  const handle = native as Handle | null | undefined;
  if (typeof handle?.[listening ? 'listen' : 'readStart'] === 'function' && isInstance(handle)) {
    if (isClosed(handle)) throw systemError({ code: 'EBADF', syscall: listening ? 'listen' : 'open' });
    return handle;
  }
  throw codedError(TypeError, 'ERR_INVALID_HANDLE_TYPE', 'This handle type cannot be sent');
}

/** A prototype of Node's has the methods of a handle and must not be taken for one: all handles would inherit what is set on it. */
function isInstance(handle: { getAsyncId?(): number }): boolean {
  try {
    handle.getAsyncId?.();
    return true;
  } catch {
    return false;
  }
}

/** A handle that is closed, or about to be, never says so to whoever comes later. It cannot be made to hold the process. */
function isClosed(handle: Handle): boolean {
  if (typeof handle.hasRef !== 'function' || handle.hasRef()) return false;
  handle.ref();
  const held = handle.hasRef();
  handle.unref();
  return !held;
}
