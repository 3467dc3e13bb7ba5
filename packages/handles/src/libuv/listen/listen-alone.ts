import { isPathEndpoint, type InetEndpoint, type ListenEndpoint, type ListenerOptions } from '@netstrata/transport';
import type { PipeHandle, StreamHandle } from '../../native/stream-handle.js';
import { boundPipe, boundTcp } from '../binding/bind.js';
import type { Bindings } from '../binding/bindings.js';
import type { LibuvListener } from './libuv-listener.js';

/** Owns how a listener gets to listen on a handle of this process, which is a pipe where the endpoint is a path. */
export function listenAlone(
  bindings: Bindings, listener: LibuvListener, handle: StreamHandle, endpoint: ListenEndpoint, options: ListenerOptions, flags: number,
): void {
  if (isPathEndpoint(endpoint)) {
    start(listener, boundPipe(bindings, handle as unknown as PipeHandle, endpoint.path, options), endpoint, options);
  } else if (endpoint.address !== undefined) {
    start(listener, boundTcp(handle, endpoint, flags), endpoint, options);
  } else {
    const every: InetEndpoint = { address: '::', port: endpoint.port, family: 'IPv6' };
    const bound = boundTcp(handle, every, flags);
    if (typeof bound !== 'number') {
      start(listener, bound, every, options);
      return;
    }
    // As Node does, whatever the reason: all of IPv4 then.
    const everyIPv4: InetEndpoint = { address: '0.0.0.0', port: endpoint.port, family: 'IPv4' };
    start(listener, boundTcp(new bindings.TCP(bindings.SERVER), everyIPv4, flags), everyIPv4, options);
  }
}

function start(listener: LibuvListener, bound: StreamHandle | number, endpoint: ListenEndpoint, options: ListenerOptions): void {
  if (typeof bound === 'number') listener.fail(bound, 'listen', { endpoint });
  else listener.start(bound, endpoint, options);
}
