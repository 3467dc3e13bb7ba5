import type { ChannelSink } from '@netstrata/stream-core';
import type { Endpoint } from '@netstrata/transport';
import type { StreamHandle } from './bindings.js';
import type { HandleTools } from './handle-tools.js';
import { LibuvConnection } from './libuv-connection.js';
import { MarkedTcpConnection, TcpConnection } from './tcp-connection.js';
import { WindowsPipeConnection } from './windows-pipe-connection.js';

const PipeConnection = process.platform === 'win32' ? WindowsPipeConnection : LibuvConnection;

/** The connection over a handle, with the methods that its kind has. For pipes, the endpoints as far as they are known. */
export function connectionOver(
  uv: HandleTools, handle: StreamHandle, sink: ChannelSink | null, localPath: Endpoint | null, remotePath: Endpoint | null,
): LibuvConnection {
  const Class = handle.setNoDelay === undefined ? PipeConnection : handle.setTypeOfService === undefined ? TcpConnection : MarkedTcpConnection;
  return new Class(uv, handle, sink, localPath, remotePath);
}
