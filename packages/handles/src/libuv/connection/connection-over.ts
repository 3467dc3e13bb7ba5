import type { Endpoint } from '@netstrata/transport';
import type { StreamHandle } from '../binding/bindings.js';
import type { HandleTools } from './libuv-context.js';
import type { LibuvConnection } from './libuv-connection.js';
import { PipeConnection } from './pipe-connection.js';
import { MarkedTcpConnection, TcpConnection } from './tcp-connection.js';
import { WindowsPipeConnection } from './windows-pipe-connection.js';

const PipeClass = process.platform === 'win32' ? WindowsPipeConnection : PipeConnection;

/** The connection over a handle, with the methods that its kind has. For pipes, where this end is as far as it is known. */
export function connectionOver(uv: HandleTools, handle: StreamHandle, localPath: Endpoint | null): LibuvConnection {
  if (handle.setNoDelay === undefined) return new PipeClass(uv, handle, localPath);
  return handle.setTypeOfService === undefined ? new TcpConnection(uv, handle) : new MarkedTcpConnection(uv, handle);
}
