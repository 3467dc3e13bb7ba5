import type { Endpoint, ListenEndpoint, ListenOptions } from '@netstrata/transport';
import type { StreamHandle } from './bindings.js';

/** What Node's cluster module calls on a server when a worker listens (`cluster._getServer`). */
interface ClusterServer {
  once(event: 'listening', tell: () => void): void;
  address(): Endpoint | null;
}

interface WorkerCluster {
  readonly isWorker: boolean;
  _getServer?(server: ClusterServer, query: object, answer: (status: number, handle: StreamHandle) => void): void;
}

/** The cluster module, in a worker; null elsewhere. Not loaded unless the process is one. */
export function workerCluster(): WorkerCluster | null {
  if (process.env['NODE_UNIQUE_ID'] === undefined && (process as { send?: unknown }).send === undefined) return null;
  const load = (process as { getBuiltinModule?: (name: string) => unknown }).getBuiltinModule;
  const cluster = load?.('node:cluster') as WorkerCluster | undefined;
  return cluster?.isWorker === true && typeof cluster._getServer === 'function' ? cluster : null;
}

/** Asks the primary for a handle: the shared one, or one through which it hands out connections in turn. */
export function askPrimary(
  cluster: WorkerCluster,
  endpoint: ListenEndpoint,
  options: ListenOptions,
  flags: number,
  server: ClusterServer,
  answer: (status: number, handle: StreamHandle) => void,
): void {
  const where =
    'path' in endpoint
      ? { address: endpoint.path, port: -1, addressType: -1 }
      : { address: endpoint.address ?? null, port: endpoint.port, addressType: 'family' in endpoint && endpoint.family === 'IPv6' ? 6 : 4 };
  cluster._getServer!(server, { ...where, fd: undefined, flags, backlog: options.backlog }, answer);
}
