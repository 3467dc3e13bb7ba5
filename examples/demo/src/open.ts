import { once } from 'node:events';
import type { ConnectOptions, Server, ServerOptions, Socket } from '@netstrata/net-compat/core';
import type { Medium } from './medium.js';

/** A server that listens, and how to dial it. */
export interface Open {
  readonly server: Server;
  readonly dial: () => Socket;
  /** Settles when the server and all its connections are gone. */
  readonly close: () => Promise<void>;
}

export async function open(medium: Medium, options: ServerOptions, onConnection: (socket: Socket) => void): Promise<Open> {
  const server = medium.net.createServer(options, onConnection);
  server.listen(medium.place());
  await once(server, 'listening');
  const address = server.address();
  const place = typeof address === 'string' ? { path: address } : { port: address!.port, host: address!.address };
  return {
    server,
    dial: () => medium.net.connect(place as ConnectOptions),
    async close() {
      server.close();
      await once(server, 'close');
    },
  };
}
