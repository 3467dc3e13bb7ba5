import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A peer that does what a test says: a server for the time of the test. */
export async function scripted(serve: (socket: Socket) => void): Promise<{ port: number; sockets: Socket[] }> {
  const sockets: Socket[] = [];
  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    serve(socket);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return { port: (server.address() as AddressInfo).port, sockets };
}

/** A proxy that answers with this, piece by piece, as it is asked one thing after the other. */
export async function answering(...answers: (Uint8Array | string)[]): Promise<{ port: number; sockets: Socket[]; asked: Buffer[] }> {
  const asked: Buffer[] = [];
  const proxy = await scripted((socket) => {
    const left = [...answers];
    socket.on('data', (chunk: Buffer) => {
      asked.push(chunk);
      const next = left.shift();
      if (next !== undefined) socket.write(next);
    });
  });
  return { ...proxy, asked };
}

/** A socket to a server, for the time of the test. */
export async function raw(port: number): Promise<Socket> {
  const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
  socket.on('error', () => {});
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}
