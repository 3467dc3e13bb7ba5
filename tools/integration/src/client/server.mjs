import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The address of the server for this client, as src/servers/ started it. */
export const server = JSON.parse(process.env.NETSTRATA_SERVER ?? 'null');

const read = (name) => readFileSync(new URL(`../../certificate/${name}`, import.meta.url), 'utf8');

/** A self-signed certificate for localhost and 127.0.0.1. */
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
 * A port where nobody can listen while this process lives: a socket is bound to it that does not listen. A port that was just closed
 * may already belong to another server.
 */
export function portOfNobody() {
  const handle = net._createServerHandle('127.0.0.1', 0, 4);
  const name = {};
  handle.getsockname(name);
  handle.unref();
  bound.push(handle);
  return name.port;
}

/** A handle without a reference would be closed. */
const bound = [];
