import { isPathEndpoint, type Endpoint, type InetEndpoint, type ListenerOptions } from '@netstrata/transport';
import type { PipeHandle, StreamHandle } from '../../native/stream-handle.js';
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

/** A TCP handle that is bound, or the error number. */
export function boundTcp(bindings: Bindings, at: InetEndpoint, flags: number): StreamHandle | number {
  const handle = new bindings.TCP(bindings.SERVER);
  const status = bindTcp(handle, at, flags);
  if (status === 0) return handle;
  handle.close();
  return status;
}

/** A pipe that is bound and has its access bits, or the error number. */
export function boundPipe(bindings: Bindings, path: string, { readableAll, writableAll }: ListenerOptions): StreamHandle | number {
  const pipe = new bindings.Pipe(bindings.SERVER);
  const mode = (readableAll === true ? bindings.READABLE : 0) | (writableAll === true ? bindings.WRITABLE : 0);
  const bound = pipe.bind(path);
  const status = bound !== 0 || mode === 0 ? bound : pipe.fchmod!(mode);
  if (status === 0) return pipe as unknown as StreamHandle;
  pipe.close();
  return status;
}
