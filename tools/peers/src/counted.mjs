import { once } from 'node:events';
import net from 'node:net';

/**
 * Stands before a server, and counts the connections that pass.
 * @param {number} port of the server, on 127.0.0.1
 * @returns {Promise<{ port: number, count(): number, close(): Promise<unknown> }>}
 */
export async function counted(port) {
  let count = 0;
  const sockets = new Set();
  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    count += 1;
    const far = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    for (const [from, to] of [[near, far], [far, near]]) {
      sockets.add(from);
      from.on('error', () => to.resetAndDestroy()).on('close', () => sockets.delete(from));
      from.pipe(to);
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: server.address().port,
    count: () => count,
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
