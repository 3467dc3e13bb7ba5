import { once } from 'node:events';
import { linkSync } from 'node:fs';
import { createServer } from 'node:net';

/** Leaves a socket file that nobody listens on, as a process does that was killed: the second name of one that was closed. */
export async function leaveStale(path: string): Promise<void> {
  const server = createServer().listen(`${path}.x`);
  await once(server, 'listening');
  linkSync(`${path}.x`, path);
  server.close();
  await once(server, 'close');
}
