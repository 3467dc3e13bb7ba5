import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { endAll } from '../src/rehearsal/run.js';

/** Connects, and says so; the connection closes when it ends. */
const CLIENT = "require('node:net').connect(process.env.PORT)";
const STARTER = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(CLIENT)}], { detached: true, stdio: 'ignore' })`;

it('what a rehearsal has started ends with it, in other process groups too', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const child = execa('node', ['-e', STARTER], { env: { PORT: String((server.address() as AddressInfo).port) }, reject: false });
  const [socket] = await once(server, 'connection') as [Socket];
  const closed = once(socket.on('error', () => {}).resume(), 'close');
  endAll();
  expect((await child).signal).toBe('SIGKILL');
  await closed;
  server.close();
});
