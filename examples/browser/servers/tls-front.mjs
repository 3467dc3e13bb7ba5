import { once } from 'node:events';
import net from 'node:net';
import { pipeline } from 'node:stream';
import tls from 'node:tls';

/** TLS in front of a server that has none. */
export async function startTlsFront({ port }, { cert, key }) {
  const server = tls.createServer({ cert, key }, (socket) => {
    const far = net.connect(port, '127.0.0.1');
    pipeline(socket, far, () => {});
    pipeline(far, socket, () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: server.address().port, stop: () => server.close() };
}
