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
 * is, as far as it is known.
 */
export function connectionOver(uv: LibuvContext, handle: StreamHandle, localPath: Endpoint | null): LibuvConnection {
  if (handle.setNoDelay === undefined) return new PipeClass(uv, handle, localPath);
  return handle.setTypeOfService === undefined ? new TcpConnection(uv, handle) : new MarkedTcpConnection(uv, handle);
}
