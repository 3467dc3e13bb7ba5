import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { createServer, Socket } from '../src/index.js';

/** A lookup that never answers. */
const lookup = (): void => {};

it('destroySoon listens once, however often it is called', async () => {
  const server = createServer((peer) => peer.resume()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = new Socket().connect((server.address() as AddressInfo).port, '127.0.0.1');
  const before = ['finish', 'connect', 'close'].map((event) => socket.listenerCount(event));
  socket.write('x');
  for (let i = 0; i < 20; i++) socket.destroySoon();
  const after = ['finish', 'connect', 'close'].map((event) => socket.listenerCount(event));
  expect(after.map((count, i) => count - before[i])).toEqual([1, 1, 1]);
  await once(socket, 'close');
  expect([socket.bytesWritten, socket.writableFinished]).toEqual([1, true]);
  await once(server.close(), 'close');
});

it('destroySoon ends a socket whose name may never be found', async () => {
  const socket = new Socket();
  const counts = new Set<string>();
  for (let i = 0; i < 15; i++) {
    socket.connect({ host: 'somewhere', port: 1, lookup });
    await new Promise((resolve) => setImmediate(resolve));
    socket.destroySoon();
    expect(socket.destroyed).toBe(true);
    await once(socket, 'close');
    counts.add(['finish', 'connect', 'close', 'end'].map((event) => socket.listenerCount(event)).join());
  }
  expect(counts.size).toBe(1);
});

it('destroySoon waits for a name where there is something to write', async () => {
  const got: string[] = [];
  const server = createServer((peer) => peer.on('data', (chunk) => got.push(String(chunk)))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  let answer = (): void => {};
  const socket = new Socket().connect({
    host: 'somewhere', port: (server.address() as AddressInfo).port, autoSelectFamily: false,
    lookup: (_host, _options, callback) => { answer = () => { callback(null, '127.0.0.1', 4); }; },
  });
  socket.write('hello');
  socket.destroySoon();
  await new Promise((resolve) => setImmediate(resolve));
  expect(socket.destroyed).toBe(false);
  answer();
  await once(socket, 'close');
  await once(server.close(), 'close');
  expect(got).toEqual(['hello']);
});
