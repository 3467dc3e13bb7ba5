import { once } from 'node:events';
import net from 'node:net';

/** A server for the time of some tests: what it does with each socket is up to the test. */
export async function target(serve) {
  const sockets = [];
  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    serve(socket);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const close = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return { port: server.address().port, sockets, close };
}

/** A port that refuses. */
export async function deadPort() {
  const { port, close } = await target(() => {});
  close();
  return port;
}

export const textOf = (stream) =>
  new Promise((resolve, reject) => {
    const chunks = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.on('end', () => resolve(Buffer.concat(chunks).toString('latin1')));
    stream.on('error', reject);
    stream.on('close', () => reject(new Error('closed without an end')));
  });

/** How it ends: 'end', or the code of the error. */
export const endOf = (stream) =>
  new Promise((resolve) => {
    stream.on('error', ({ code }) => resolve(code));
    stream.on('end', () => resolve('end'));
    stream.resume();
  });
