import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import net from '@netstrata/net-compat';
import { describe, expect, it } from 'vitest';
import { simulate } from '../src/index.js';
import { echo } from './support/programs.js';

describe('code that has never heard of a world', () => {
  it('is on the host that runs it: the default net is that host\'s', async () => {
    const seen = await simulate().run(async (world) => {
      const server = world.host('server', '10.0.0.1').run(() => net.createServer((socket) => socket.end('from the world')).listen(80));
      await once(server, 'listening');
      const client = world.host('client', '10.0.0.2');
      const socket = client.run(() => net.connect(80, 'server'));
      const [text] = (await once(socket.setEncoding('utf8'), 'data')) as [string];
      return [text, socket.localAddress, socket instanceof net.Socket, server.address()];
    });
    expect(seen).toEqual(['from the world', '10.0.0.2', true, { address: '::', family: 'IPv6', port: 80 }]);
  });

  it('stays there in callbacks, promises, and in what a server is told', async () => {
    const addresses = await simulate().run(async (world) => {
      world.host('back', '10.0.0.1', { boot: echo });
      world.host('front', '10.0.0.2', {
        boot: () => {
          net.createServer((socket) => {
            void Promise.resolve().then(() => {
              const behind = net.connect(7, 'back', () => socket.end(behind.localAddress!));
            });
          }).listen(80);
        },
      });
      const socket = world.host('client', '10.0.0.3').run(() => net.connect(80, 'front'));
      const [text] = (await once(socket, 'data')) as [Buffer];
      return String(text);
    });
    expect(addresses).toBe('10.0.0.2');
  });

  it('outside of every world has the network of the system', async () => {
    const world = simulate();
    world.host('a').run(() => {});
    const server = net.createServer((socket) => socket.end('real')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const socket = net.connect((server.address() as { port: number }).port, '127.0.0.1');
    const [text] = (await once(socket.setEncoding('utf8'), 'data')) as [string];
    server.close();
    expect(text).toBe('real');
  });

  it('keeps its own asynchronous context', async () => {
    const storage = new AsyncLocalStorage<string>();
    const seen = await simulate().run(async (world) => {
      world.host('server', { boot: echo });
      const client = world.host('client');
      const found: (string | undefined)[] = [];
      const sockets = ['one', 'two'].map((name) => storage.run(name, () => client.net.connect(7, 'server', () => found.push(storage.getStore())).on('data', () => found.push(storage.getStore()))));
      for (const socket of sockets) socket.write('x');
      await world.advance(100);
      return found;
    });
    expect(seen).toEqual(['one', 'two', 'one', 'two']);
  });
});
