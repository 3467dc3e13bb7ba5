import { isPathEndpoint, systemError, type ListenEndpoint } from '@netstrata/transport';
import type { WebStreams } from '@netstrata/transport/adapters';
import type { StreamMedium } from './medium.js';

const nameOf = (endpoint: ListenEndpoint): string => (isPathEndpoint(endpoint) ? endpoint.path : '');

/** Bytes one way. What waits for a reader is bounded. */
const pipe = (): TransformStream<Uint8Array, Uint8Array> =>
  new TransformStream<Uint8Array, Uint8Array>({}, undefined, new ByteLengthQueuingStrategy({ highWaterMark: 65_536 }));

/** A medium inside one process, to try things with: names, and pairs of streams between them. */
export function inProcess(): StreamMedium {
  const servers = new Map<string, ReadableStreamDefaultController<WebStreams>>();
  return {
    dial(endpoint) {
      const server = servers.get(nameOf(endpoint));
      if (!server) throw systemError({ syscall: 'connect', code: 'ECONNREFUSED', endpoint });
      const [there, back] = [pipe(), pipe()];
      server.enqueue({ readable: there.readable, writable: back.writable });
      return { readable: back.readable, writable: there.writable };
    },
    listen(endpoint, signal) {
      const name = nameOf(endpoint);
      if (servers.has(name)) throw systemError({ syscall: 'listen', code: 'EADDRINUSE', endpoint });
      const start = (server: ReadableStreamDefaultController<WebStreams>): void => {
        servers.set(name, server);
        signal.addEventListener('abort', () => {
          servers.delete(name);
          server.close();
        });
      };
      return new ReadableStream<WebStreams>({ start });
    },
  };
}
