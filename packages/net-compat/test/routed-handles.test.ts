import builtin from 'node:net';
import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import { createNet, routeNet } from '../src/core.js';
import net from '../src/index.js';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

it('takes over a handle where the default net is routed to one that could not', async () => {
  const server = builtin.createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const connected = builtin.connect((server.address() as builtin.AddressInfo).port, '127.0.0.1');
  await once(connected, 'connect');
  closing.push(() => server.close(), routeNet(() => createNet({})));
  const socket = new net.Socket({ handle: connected });
  socket.write('hello');
  const [chunk] = (await once(socket, 'data')) as [Buffer];
  expect(String(chunk)).toBe('hello');
  socket.destroy();
});
