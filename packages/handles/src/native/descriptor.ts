import type { Socket } from 'node:net';
import { net } from './builtin-net.js';
import { builtinOptions } from './builtin-options.js';

/**
 * Owns the way from an open descriptor to its native handle, or to a libuv error number. Which kind of handle it takes, only Node's own
 * net can tell; it gives the handle away untouched. Throws ERR_INVALID_FD_TYPE when the descriptor is no stream.
 */
export function handleOfDescriptor(descriptor: number, listening: boolean): unknown {
  if (listening) return net._createServerHandle!(null, null, null, descriptor);
  // Neither readable nor writable, so that nothing starts on the handle.
  const shell = new net.Socket(builtinOptions({ fd: descriptor, readable: false, writable: false })) as Socket & { _handle: unknown };
  const handle = shell._handle;
  shell._handle = null;
  return handle;
}
