import { isPathEndpoint, type Endpoint, type ListenEndpoint, type PathEndpoint } from '@netstrata/transport';

/** Owns where a listening pipe keeps its path: on the handle, which cannot be asked for it and may pass from one listener to another. */
const pathOf = Symbol('netstrata.path');

interface ListeningPipe {
  [pathOf]?: PathEndpoint;
}

/** Notes the path, if it is one, for the listener that uses the handle next. */
export function notePath(handle: unknown, endpoint: Endpoint | ListenEndpoint | null | undefined): void {
  if (endpoint != null && isPathEndpoint(endpoint)) (handle as ListeningPipe)[pathOf] = endpoint;
}

/** The path that was noted; null for a handle of TCP, and for a pipe from elsewhere. */
export function notedPath(handle: unknown): PathEndpoint | null {
  return (handle as ListeningPipe | null)?.[pathOf] ?? null;
}
