import { environment, hasOption } from '@netstrata/stream-core';
import { isPathEndpoint, type Endpoint, type ListenEndpoint, type ListenerOptions } from '@netstrata/transport';
import { hasFailed, type StreamHandle } from './stream-handle.js';

/** Owns what a worker of a cluster and its primary say to each other. */

/** Where a worker asks its primary to listen: an endpoint, or a descriptor that is open in the primary. */
export type SharedEndpoint = ListenEndpoint | { readonly fd: number };

/** What Node's cluster module calls on a server when a worker listens (`cluster._getServer`). */
interface ClusterServer {
  once(event: 'listening', listener: () => void): void;
  address(): Endpoint | null;
  _getServerData?(): unknown;
  _setServerData?(data: unknown): void;
}

/** What a server has to agree on with those of other workers: that of tls has the keys of its session tickets. */
interface SharedData {
  _getServerData?(): unknown;
  _setServerData?(data: unknown): void;
}

/** The server's own answers to what the cluster asks of it, where it has some. */
export function sharedDataOf(server: unknown): SharedData {
  const owner = (server ?? {}) as SharedData;
  if (typeof owner._getServerData !== 'function' || typeof owner._setServerData !== 'function') return {};
  return { _getServerData: () => owner._getServerData!(), _setServerData: (data) => { owner._setServerData!(data); } };
}

/** A handle in a worker: the primary's own, or something that only passes connections on and knows no more than a few calls. */
export type SharedHandle = StreamHandle;

export interface WorkerCluster {
  readonly isWorker: boolean;
  _getServer?(server: ClusterServer, query: object, answer: (status: number, handle: SharedHandle | null) => void): void;
}

/** The cluster module, in a worker; null elsewhere. Not loaded unless the process is one. */
export function workerCluster(): WorkerCluster | null {
  if (environment('NODE_UNIQUE_ID') === undefined && (process as { send?: unknown }).send === undefined) return null;
  const load = (process as { getBuiltinModule?: (name: string) => unknown }).getBuiltinModule;
  const cluster = load?.('node:cluster') as WorkerCluster | undefined;
  return cluster?.isWorker === true && typeof cluster._getServer === 'function' ? cluster : null;
}

/** Asks the primary for a handle: the shared one, or one through which it hands out connections in turn. */
export function askPrimary(
  cluster: WorkerCluster,
  endpoint: SharedEndpoint,
  options: ListenerOptions,
  flags: number,
  server: ClusterServer,
  answer: (status: number, handle: SharedHandle | null) => void,
): void {
  const { backlog, readableAll, writableAll } = options;
  cluster._getServer!(server, { ...queryOf(endpoint), flags, backlog, readableAll, writableAll }, answer);
}

/** A descriptor of the primary's. */
export function isDescriptor(endpoint: SharedEndpoint): endpoint is { readonly fd: number } {
  return hasOption(endpoint, 'fd');
}

/** The endpoint in the words of lib/net.js. The primary takes equal queries for the same server, whoever asks. */
function queryOf(endpoint: SharedEndpoint): object {
  if (isDescriptor(endpoint)) return { address: null, port: null, addressType: null, fd: endpoint.fd };
  if (isPathEndpoint(endpoint)) return { address: endpoint.path, port: -1, addressType: -1, fd: undefined };
  const { address, port } = endpoint;
  return { address: address ?? null, port, addressType: 'family' in endpoint && endpoint.family === 'IPv6' ? 6 : 4, fd: undefined };
}

/** What Node reports when the primary could not bind: nothing but the place that was asked for. */
export function askedFor(endpoint: SharedEndpoint): { address: string | null; port?: number } {
  if (isDescriptor(endpoint)) return { address: null };
  if (isPathEndpoint(endpoint)) return { address: endpoint.path, port: -1 };
  return { address: endpoint.address ?? null, port: endpoint.port };
}

/**
 * Whether the handle is bound to another port than was asked for. The system may report that a port is in use only when it is
 * listened on, and the primary has not listened yet.
 */
export function isElsewhere(handle: SharedHandle | null, endpoint: SharedEndpoint): boolean {
  const asksForPort = !isDescriptor(endpoint) && !isPathEndpoint(endpoint) && endpoint.port !== 0;
  if (!asksForPort || typeof handle?.getsockname !== 'function') return false;
  const out: { port?: number } = {};
  return !hasFailed(handle.getsockname(out)) && out.port !== endpoint.port;
}
