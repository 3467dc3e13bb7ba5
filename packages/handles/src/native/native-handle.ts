import { codedError } from '@netstrata/stream-core';
import { isPathEndpoint, systemError, type Endpoint, type ListenEndpoint, type PathEndpoint } from '@netstrata/transport';

/**
 * Owns what counts as a native stream handle: what a caller gives may be closed, a prototype, or something else. And where a listening
 * pipe keeps its path: on the handle, which cannot be asked for it and may pass from one listener to another.
 */

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

/**
 * A prototype of Node's has the methods of a handle and must not be mistaken for one: all handles would inherit what is
 * set on it.
 */
function isInstance(handle: { getAsyncId?(): number }): boolean {
  try {
    handle.getAsyncId?.();
    return true;
  } catch {
    return false;
  }
}

/** A handle that is closed, or about to be, does not report it again. What shows it: it cannot be made to hold the process. */
function isClosed(handle: Handle): boolean {
  if (typeof handle.hasRef !== 'function' || handle.hasRef()) return false;
  handle.ref();
  const held = handle.hasRef();
  handle.unref();
  return !held;
}

const pathOf = Symbol('netstrata.path');

interface ListeningPipe {
  [pathOf]?: PathEndpoint;
}

/** Notes the path, if it is one, for the listener that uses the handle next. */
export function notePath(handle: unknown, endpoint: Endpoint | ListenEndpoint | null | undefined): void {
  if (endpoint != null && isPathEndpoint(endpoint)) (handle as ListeningPipe)[pathOf] = endpoint;
}

/** The path that was noted; null for a handle of TCP, and for a pipe from elsewhere. */
export function notedPath(handle: unknown): PathEndpoint | null {
  return (handle as ListeningPipe | null)?.[pathOf] ?? null;
}
