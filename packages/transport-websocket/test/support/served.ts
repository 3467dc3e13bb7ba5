import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Connection, Listener } from '@netstrata/transport';
import { onTestFinished } from 'vitest';
import { accept, type AcceptOptions } from '../../src/server/index.js';
import { Recorder } from './recorder.js';

interface Accepted {
  readonly connection: Connection;
  readonly sink: Recorder;
}

export interface Served {
  readonly server: Server;
  readonly listener: Listener;
  readonly port: number;
  readonly url: string;
  /** The next connection that comes; it is read. */
  accepted(): Promise<Accepted>;
}

/** An http.Server of the test that accepts WebSockets. */
export async function serve(options?: AcceptOptions, requests?: RequestListener, reads = true): Promise<Served> {
  const server = createServer(requests);
  const made: Accepted[] = [];
  const waiting: ((accepted: Accepted) => void)[] = [];
  const listener = accept(server, {
    onListening() {},
    onConnection(connection) {
      const sink = new Recorder();
      connection.sink = sink;
      if (reads) connection.readStart();
      const accepted = { connection, sink };
      const next = waiting.shift();
      if (next === undefined) made.push(accepted);
      else next(accepted);
    },
    onAcceptError() {},
    onClose() {},
  }, options);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    listener.close();
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  const accepted = () => {
    const [first] = made.splice(0, 1);
    return first === undefined ? new Promise<Accepted>((resolve) => waiting.push(resolve)) : Promise.resolve(first);
  };
  return { server, listener, port, url: `ws://127.0.0.1:${port}${options?.path ?? '/'}`, accepted };
}
