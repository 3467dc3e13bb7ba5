import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const CHUNK = Buffer.alloc(16_384);
const QUIET_MS = 1500;

/** A server on the loopback that is silent, and on demand sends to everybody as much as is taken. */
export async function silentServer() {
  /** @type {Set<import('node:net').Socket>} */
  const sockets = new Set();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  }).listen({ port: 0, host: '127.0.0.1', backlog: 4096 });
  await once(server, 'listening');
  const taken = () => [...sockets].reduce((sum, socket) => sum + socket.bytesWritten - socket.writableLength, 0);
  return {
    port: /** @type {import('node:net').AddressInfo} */ (server.address()).port,
    /** Sends until nobody takes any more. */
    async fill() {
      for (const socket of sockets) {
        const more = () => { while (socket.write(CHUNK)); };
        socket.on('drain', more);
        more();
      }
      for (let before = -1; before !== taken(); ) {
        before = taken();
        await sleep(QUIET_MS);
      }
      return taken();
    },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
