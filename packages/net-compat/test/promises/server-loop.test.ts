import { once } from 'node:events';
import { expect, it } from 'vitest';
import * as net from '@netstrata/net-compat';
import { listen } from '@netstrata/net-compat/promises';
import { places, received, to } from '../support/places.js';

const turn = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });

for (const { name, server: servers, client: clients, at } of places) {
  it(`${name}: a loop over a server gets every connection, also those that came before it and while its body ran`, async () => {
    const server = await servers.listen(at());
    const early = await Promise.all([clients.connect(to(server)), clients.connect(to(server))]);
    const answers = early.map(received);
    const got: net.Socket[] = [];
    for await (const socket of server) {
      got.push(socket);
      if (got.length === 1) answers.push(...(await Promise.all([clients.connect(to(server)), clients.connect(to(server))])).map(received));
      socket.end(`number ${got.length}`);
      if (got.length === 4) server.close();
    }
    expect((await Promise.all(answers)).sort()).toEqual(['number 1', 'number 2', 'number 3', 'number 4']);
    expect(server.listening).toBe(false);
  });

  it(`${name}: leaving the loop leaves the server as it is, and the next loop goes on`, async () => {
    const server = await servers.listen(at());
    const answers = [await clients.connect(to(server)), await clients.connect(to(server)), await clients.connect(to(server))].map(received);
    for await (const socket of server) {
      socket.end('first loop');
      break;
    }
    expect(server.listening).toBe(true);
    let left = 2;
    for await (const socket of server) {
      socket.end('second loop');
      if (--left === 0) server.close();
    }
    expect((await Promise.all(answers)).sort()).toEqual(['first loop', 'second loop', 'second loop']);
  });

  it(`${name}: as many connections wait as the backlog says, and more are dropped`, async () => {
    const server = await servers.listen({ ...at(), backlog: 2 });
    let drops = 0;
    server.on('drop', () => { drops++; });
    const answers: Promise<string>[] = [];
    for (let i = 0; i < 5; i++) {
      const socket = await clients.connect(to(server));
      answers.push(received(socket));
      // Accepted, one after the other.
      while ((await new Promise<number>((resolve) => { server.getConnections((_, count) => { resolve(count); }); })) + drops < i + 1) await turn();
    }
    expect(drops).toBe(3);
    const got: net.Socket[] = [];
    for await (const socket of server) {
      got.push(socket);
      socket.end('kept');
      if (got.length === 2) server.close();
    }
    expect(await Promise.all(answers)).toEqual(['kept', 'kept', '', '', '']);
  });
}

it('a loop ends at close, also one that waits', async () => {
  const server = await listen({ port: 0 });
  const iterator = server[Symbol.asyncIterator]();
  const waiting = iterator.next();
  server.close();
  expect(await waiting).toEqual({ value: undefined, done: true });
  expect(await iterator.next()).toEqual({ value: undefined, done: true });
});

it("a loop rejects at 'error', and the server goes on", async () => {
  const server = net.createServer().listen(0);
  const iterator = server[Symbol.asyncIterator]();
  const waiting = iterator.next();
  const error = new Error('accept');
  server.emit('error', error);
  await expect(waiting).rejects.toBe(error);
  expect(await iterator.next()).toEqual({ value: undefined, done: true });
  // Without a loop an error is what it was.
  expect(() => server.emit('error', error)).toThrow(error);
  server.close();
  await once(server, 'close');
});

it('every server can be looped over, also one that listens later', async () => {
  const server = net.createServer();
  const first = server[Symbol.asyncIterator]().next();
  server.listen(0);
  await once(server, 'listening');
  const client = net.connect((server.address() as net.AddressInfo).port).resume();
  const value = (await first).value as net.Socket;
  expect(value).toBeInstanceOf(net.Socket);
  value.end();
  await once(client, 'close');
  server.close();
});

it('a connection that is gone before its turn is not given out, and its error is nobody’s', async () => {
  const server = await listen({ port: 0, host: '127.0.0.1' });
  const options = to(server);
  const first = net.connect(options);
  await once(first, 'connect');
  const second = net.connect(options);
  await once(second, 'connect');
  while ((await new Promise<number>((resolve) => { server.getConnections((_, count) => { resolve(count); }); })) < 2) await turn();
  first.resetAndDestroy();
  while ((await new Promise<number>((resolve) => { server.getConnections((_, count) => { resolve(count); }); })) > 1) await turn();
  const value = (await server[Symbol.asyncIterator]().next()).value as net.Socket;
  expect(value.remotePort).toBe(second.localPort);
  second.destroy();
  value.destroy();
  server.close();
  await once(server, 'close');
});

it('a server that closes with connections that nobody will take lets them go', async () => {
  const server = await listen({ port: 0, host: '127.0.0.1' });
  const client = net.connect(to(server)).resume().on('error', () => {});
  await once(client, 'connect');
  while ((await new Promise<number>((resolve) => { server.getConnections((_, count) => { resolve(count); }); })) < 1) await turn();
  server.close();
  await once(server, 'close');
});

it('with a listener of its own and no loop, a server keeps nothing back', async () => {
  const server = await listen({ port: 0, host: '127.0.0.1', backlog: 1 });
  server.on('connection', (socket) => { socket.end('heard'); });
  for (let i = 0; i < 5; i++) {
    const client = net.connect(to(server));
    expect(await received(client)).toBe('heard');
  }
  server.close();
  await once(server, 'close');
});

it('an error that no loop has met is none of a later one', async () => {
  const server = await listen({ port: 0, host: '127.0.0.1' });
  const clients = [1, 2].map(() => net.connect(to(server)).resume().on('error', () => {}));
  for await (const socket of server) {
    server.emit('error', new Error('of before'));
    socket.destroy();
    break;
  }
  for await (const socket of server) {
    socket.destroy();
    server.close();
  }
  for (const client of clients) client.destroy();
});

it('a loop ends with the server, also where another one has begun since', async () => {
  const server = await listen({ port: 0, host: '127.0.0.1' });
  const before = server[Symbol.asyncIterator]();
  server.close();
  await once(server, 'close');
  const after = server[Symbol.asyncIterator]();
  expect(await before.next()).toEqual({ done: true, value: undefined });
  server.listen(0, '127.0.0.1');
  const next = after.next();
  await once(server, 'listening');
  const client = net.connect(to(server)).resume();
  expect((await next).value).toBeInstanceOf(net.Socket);
  client.destroy();
  server.close();
});
