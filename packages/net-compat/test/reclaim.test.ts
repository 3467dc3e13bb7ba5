import { once } from 'node:events';
import { existsSync, linkSync } from 'node:fs';
import * as builtin from 'node:net';
import { freshPath } from '@netstrata/config/fresh-path';
import { expect, it } from 'vitest';
import { connect, createServer } from '../src/index.js';

/** Leaves a socket file that nobody listens on: the second name of one that was closed. */
async function leaveStale(path: string): Promise<void> {
  const server = builtin.createServer().listen(`${path}.x`);
  await once(server, 'listening');
  linkSync(`${path}.x`, path);
  server.close();
  await once(server, 'close');
}

it.skipIf(process.platform === 'win32')('a server with reclaim listens where a socket file was left, and its address is that path', async () => {
  const path = freshPath();
  await leaveStale(path);
  await expect(once(createServer().listen({ path }), 'listening')).rejects.toMatchObject({ code: 'EADDRINUSE' });
  const server = createServer((socket) => { socket.end(); }).listen({ path, reclaim: true });
  await once(server, 'listening');
  expect([server.address(), server.listening]).toEqual([path, true]);
  await once(connect(path).resume(), 'end');
  await expect(once(createServer().listen({ path, reclaim: true }), 'listening')).rejects.toMatchObject({ code: 'EADDRINUSE', syscall: 'listen', address: path });
  server.close();
  await once(server, 'close');
  expect(existsSync(path)).toBe(false);
});

it.skipIf(process.platform === 'win32')('a server that is closed while it looks closes, and leaves the file', async () => {
  const path = freshPath();
  await leaveStale(path);
  const server = createServer().listen({ path, reclaim: true });
  server.close();
  await once(server, 'close');
  expect(existsSync(path)).toBe(true);
  // It can listen again.
  server.listen({ path, reclaim: true });
  await once(server, 'listening');
  server.close();
});
