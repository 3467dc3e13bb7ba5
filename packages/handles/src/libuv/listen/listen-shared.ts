import type { ListenerOptions } from '@netstrata/transport';
import {
  askedFor, askPrimary, isDescriptor, isElsewhere, sharedDataOf, type SharedEndpoint, type WorkerCluster,
} from '../../native/cluster-worker.js';
import type { Bindings } from '../binding/bindings.js';
import type { LibuvListener } from './libuv-listener.js';

/** Owns how a listener in a worker of a cluster gets the handle that its primary gives. */
export function listenShared(
  bindings: Bindings, cluster: WorkerCluster, listener: LibuvListener, endpoint: SharedEndpoint, options: ListenerOptions, flags: number,
): void {
  const server = {
    once: (_event: 'listening', listening: () => void): void => {
      listener.onListening = listening;
    },
    address: () => listener.local,
    ...sharedDataOf(listener.owner),
  };
  askPrimary(cluster, endpoint, options, flags, server, (answered, handle) => {
    const status = answered === 0 && isElsewhere(handle, endpoint) ? bindings.errno('EADDRINUSE') : answered;
    if (listener.closed || status !== 0) handle?.close();
    if (status !== 0) listener.fail(status, 'bind', askedFor(endpoint));
    else if (!listener.closed) listener.start(handle!, isDescriptor(endpoint) ? null : endpoint, options);
  });
}
