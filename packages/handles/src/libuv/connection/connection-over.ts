import type { Endpoint } from '@netstrata/transport';
import type { StreamHandle } from '../../native/stream-handle.js';
import type { LibuvConnection } from './libuv-connection.js';
import type { LibuvContext } from './libuv-context.js';
import { PipeConnection } from './pipe-connection.js';
import { MarkedTcpConnection, TcpConnection } from './tcp-connection.js';
import { WindowsPipeConnection } from './windows-pipe-connection.js';

const PipeClass = process.platform === 'win32' ? WindowsPipeConnection : PipeConnection;

/**
 * Owns the choice of a class: the connection over a handle has the methods that its kind has. `localPath` is where the near end of a pipe
 * is, as far as it is known. `shares`: another connection has the handle, and goes on reading.
 */
export function connectionOver(uv: LibuvContext, handle: StreamHandle, localPath: Endpoint | null, shares = false): LibuvConnection {
  if (typeof handle.setNoDelay !== 'function') return new PipeClass(uv, handle, shares, localPath);
  const TcpClass = typeof handle.setTypeOfService === 'function' ? MarkedTcpConnection : TcpConnection;
  return new TcpClass(uv, handle, shares);
}
