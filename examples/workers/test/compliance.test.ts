import { once } from 'node:events';
import { connect, isIPv6 } from 'node:net';
import type { Endpoint } from '@netstrata/transport';
import { compliance } from '@netstrata/transport/compliance';
import { tcp } from '@netstrata/transport-tcp';
import { describe, it } from 'vitest';
import { overSockets, type OpenSocket } from '../src/index.js';

/**
 * A socket of Node's as other runtimes have them. With `Duplex.toWeb` and `Readable.toWeb` the end of one direction waits for the other.
 */
async function nodeSocket(host: string, port: number, signal: AbortSignal): Promise<OpenSocket> {
  const socket = connect({ host, port, signal, allowHalfOpen: true });
  await once(socket, 'connect');
  socket.pause();
  const readable = new ReadableStream<Uint8Array>({
    start(controller) {
      const give = (chunk: Uint8Array): void => {
        socket.pause();
        controller.enqueue(chunk);
      };
      socket.on('data', give).on('end', () => { controller.close(); }).on('error', (error) => { controller.error(error); });
    },
    pull: () => void socket.resume(),
    cancel: () => void socket.removeAllListeners('data').removeAllListeners('end'),
  }, { highWaterMark: 0 });
  const writable = new WritableStream<Uint8Array>({
    write: (chunk) => new Promise((resolve, reject) => {
      socket.write(chunk, (error) => { if (error) reject(error); else resolve(); });
    }),
    close: () => new Promise((resolve) => socket.end(resolve)),
  });
  const place = (address: string, at: number): Endpoint => ({ address, port: at, family: isIPv6(address) ? 'IPv6' : 'IPv4' });
  const local = place(socket.localAddress!, socket.localPort!);
  return { readable, writable, local, remote: place(socket.remoteAddress!, port), close: () => socket.destroy() };
}

compliance({ describe, it }, {
  transport: overSockets(nodeSocket),
  listening: tcp,
  listenEndpoint: () => ({ address: '127.0.0.1', port: 0, family: 'IPv4' }),
  nameEndpoint: ({ local }) => ({ host: 'localhost', port: (local as { port: number }).port }),
});
