import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createNet, type Server, type Socket } from '@netstrata/net-compat/core';
import type { Transport } from '@netstrata/transport';

export interface Seen {
  /** Chunks as one text, 'end', and the error with its cause. */
  readonly events: string[];
  readonly error: (Error & { code: string; cause?: Error }) | null;
}

/** All that comes of a socket. */
async function watch(socket: Socket): Promise<Seen> {
  const events: string[] = [];
  let error = null;
  socket.setEncoding('utf8');
  socket.on('data', (text: string) => events.push(text));
  socket.on('end', () => events.push('end'));
  socket.on('error', (thrown: Seen['error']) => (error = thrown));
  await new Promise((resolve) => socket.on('close', resolve));
  return { events, error };
}

/** A server over a transport, in the time that a test has something to do with it. */
export async function serving<T>(transport: Transport, work: (server: Server, port: number) => Promise<T>): Promise<T> {
  const server = createNet({ tcp: transport }).createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await work(server, (server.address() as AddressInfo).port);
  } finally {
    server.close();
  }
}

/** One socket sends the texts, a write each, and ends; the other says 'bye' and ends too. What both see. */
export function exchange(here: Transport, there: Transport, texts: readonly string[]): Promise<{ client: Seen; server: Seen }> {
  return serving(there, async (server, port) => {
    const accepted = once(server, 'connection').then(([socket]: Socket[]) => {
      socket.end('bye');
      return watch(socket);
    });
    const socket = createNet({ tcp: here }).connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const client = watch(socket);
    // Each in a tick of its own, so that each is a frame.
    void (async () => {
      for (const text of texts) await new Promise((resolve) => socket.write(text, resolve));
      socket.end();
    })();
    return { client: await client, server: await accepted };
  });
}
