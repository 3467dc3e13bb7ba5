import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the server is that this client works against, as src/servers/ started it. */
export const server = JSON.parse(process.env.NETSTRATA_SERVER ?? 'null');

const read = (name) => readFileSync(new URL(`../../certificate/${name}`, import.meta.url), 'utf8');

/** For localhost and 127.0.0.1, signed by itself. */
export const certificate = { cert: read('certificate.pem'), key: read('key.pem') };

/** A folder for socket files, removed when the process ends. */
export const folder = mkdtempSync(join(tmpdir(), 'netstrata-client-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/**
 * A server of this process's net.
 * @param {(socket: net.Socket) => void} onSocket
 * @param {string} [path] a socket file in place of a port
 */
export async function serve(onSocket, path) {
  const listening = net.createServer(onSocket);
  const sockets = new Set();
  listening.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  if (path === undefined) listening.listen(0, '127.0.0.1');
  else listening.listen(join(folder, path));
  await once(listening, 'listening');
  const address = listening.address();
  return {
    server: listening,
    sockets,
    port: address.port,
    path: typeof address === 'string' ? address : undefined,
    async close() {
      const closed = once(listening, 'close');
      listening.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/**
 * A port where nobody listens, nor can while this process lives: a socket is bound to it that does not listen. One that was closed a moment ago
 * may be another server's by now.
 */
export function portOfNobody() {
  const handle = net._createServerHandle('127.0.0.1', 0, 4);
  const name = {};
  handle.getsockname(name);
  handle.unref();
  bound.push(handle);
  return name.port;
}

/** Handles that nobody holds are closed. */
const bound = [];
