import { invalidArgType } from '@netstrata/stream-core';
import { accepted, listener, tracking, waiting, type ServerFace } from '../shared/server-face.js';
import type { Server } from '../server/server.js';
import type { Waiting } from '../server/waiting.js';
import type { Socket } from '../socket/socket.js';

// From now on: what a server has accepted before is not known to it.
tracking.isOn = true;

/** Throws ERR_INVALID_ARG_TYPE for what is no server of this library's. */
export function checkServer(server: unknown): void {
  if (typeof server === 'object' && server !== null && listener in server) return;
  throw invalidArgType('server', 'an instance of Server', server);
}

/** The open connections of a server, as far as they were accepted after this was loaded. */
export function connectionsOf(server: Server): Set<Socket> {
  return ((server as unknown as ServerFace)[accepted] ??= new Set()) as unknown as Set<Socket>;
}

/** Sockets that are in a handler of `serve`. */
const served = new WeakSet<Socket>();
type Tell = (socket: Socket) => void;

/** Of a server that is being closed: what is told when one has come out of its handler. */
const watchers = new WeakMap<Server, Tell>();

/** Somebody is at work with a socket until this settles. */
export async function during(server: Server, socket: Socket, work: Promise<void>): Promise<void> {
  served.add(socket);
  try {
    await work;
  } finally {
    served.delete(socket);
    watchers.get(server)?.(socket);
  }
}

/** Calls `tell` when a socket of a server has come out of its handler, or of the body of a loop. Call what it returns to end that. */
export function watch(server: Server, tell: Tell): () => void {
  watchers.set(server, tell);
  const queue = queueOf(server);
  if (queue !== undefined) queue.freed = tell;
  return () => {
    watchers.delete(server);
    if (queue !== undefined) queue.freed = null;
  };
}

export function queueOf(server: Server): Waiting | undefined {
  return (server as unknown as ServerFace)[waiting] as Waiting | undefined;
}

/** Whether a socket is in a handler, in the body of a loop over the server, or waits for one of them. */
export function isInHandler(server: Server, socket: Socket): boolean {
  return served.has(socket) || queueOf(server)?.has(socket) === true;
}

/**
 * Destroys every connection of a server, and lets it go on listening. Those that it had accepted before this entry was loaded are not known
 * to it.
 * @returns how many there were
 * @throws ERR_INVALID_ARG_TYPE
 * @example
 * ```js
 * import { closeAllConnections, connect, listen } from '@netstrata/net-compat/promises';
 *
 * const server = await listen({ port: 0, host: '127.0.0.1' });
 * const socket = await connect(server.address().port, '127.0.0.1');
 * for await (const accepted of server) break;
 * console.log(closeAllConnections(server)); // prints 1
 * socket.on('error', () => {}).on('close', () => server.close());
 * ```
 */
export function closeAllConnections(server: Server): number {
  checkServer(server);
  const sockets = [...connectionsOf(server)];
  for (const socket of sockets) socket.destroy();
  return sockets.length;
}
