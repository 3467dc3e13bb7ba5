import { isPathEndpoint, type Endpoint, type InetEndpoint, type ListenerOptions } from '@netstrata/transport';
import { hasFailed, type PipeHandle, type StreamHandle } from '../../native/stream-handle.js';
import type { Bindings } from './bindings.js';
import { sockname } from './endpoint-of.js';

/** Owns how handles are bound. Each function returns libuv's error number, or 0. */

export function bindTcp(handle: StreamHandle, at: InetEndpoint, flags: number): number {
  return at.family === 'IPv6' ? handle.bind6(at.address, at.port, flags) : handle.bind(at.address, at.port, flags);
}

/** That a port is in use, libuv reports only when the handle is asked something. */
export function bindAndAsk(handle: StreamHandle, at: Endpoint, flags: number): number {
  return isPathEndpoint(at) ? (handle as unknown as PipeHandle).bind(at.path) : bindTcp(handle, at, flags) || handle.getsockname!({});
}

/** As Node: libuv does not report that a port is in use; the handle then is not bound to it. */
export function isBoundTo(handle: StreamHandle, port: number): boolean {
  return port === 0 || sockname(handle)?.port === port;
}

/** Binds a TCP handle; closes it, and gives the error number, where it cannot be. */
export function boundTcp(handle: StreamHandle, at: InetEndpoint, flags: number): StreamHandle | number {
  const status = bindTcp(handle, at, flags);
  if (!hasFailed(status)) return handle;
  handle.close();
  return status;
}

/** The same for a pipe, which gets its access bits. */
export function boundPipe(bindings: Bindings, pipe: PipeHandle, path: string, options: ListenerOptions): StreamHandle | number {
  const { readableAll, writableAll } = options;
  const mode = (readableAll === true ? bindings.READABLE : 0) | (writableAll === true ? bindings.WRITABLE : 0);
  const bound = pipe.bind(path);
  const status = hasFailed(bound) || mode === 0 ? bound : pipe.fchmod!(mode);
  if (!hasFailed(status)) return pipe as unknown as StreamHandle;
  pipe.close();
  return status;
}
