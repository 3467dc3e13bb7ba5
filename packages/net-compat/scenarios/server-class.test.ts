import { once } from 'node:events';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { scenario } from './support/scenario.js';

/** What somebody who looks at a class finds: names in their order, attributes, and what functions are called. */
function layout(prototype: object): string[] {
  return Object.entries(Object.getOwnPropertyDescriptors(prototype)).map(([key, descriptor]: [string, PropertyDescriptor]) => {
    const { get, set, enumerable, configurable } = descriptor;
    const value: unknown = descriptor.value;
    const attributes = `${enumerable ? 'enumerable' : 'hidden'}, ${configurable ? 'configurable' : 'fixed'}`;
    if (typeof value === 'function') return `${key}: ${attributes}, ${JSON.stringify(value.name)} takes ${value.length}`;
    return `${key}: ${attributes}, ${get === undefined ? '' : 'get'} ${set === undefined ? '' : 'set'}`;
  });
}

scenario('what the classes look like', { media: ['tcp4'] }, (t) => {
  for (const Class of [t.net.Server, t.net.Socket]) {
    t.log('class', Class.name, Class.length, Object.keys(Class));
    for (const line of layout(Class.prototype)) t.log(line);
    t.log('enumerable', Object.keys(Class.prototype));
  }
  t.log('functions', t.net.connect.name, t.net.createConnection.name, t.net.createServer.name);
});

scenario('accessors of the prototypes can be read', { media: ['tcp4'] }, (t) => {
  for (const Class of [t.net.Server, t.net.Socket]) {
    const keys = new Set<string>();
    for (let from: object | null = Class.prototype; from !== Object.prototype; from = Object.getPrototypeOf(from) as object | null) {
      for (const [key, { get }] of Object.entries(Object.getOwnPropertyDescriptors(from!))) if (get !== undefined) keys.add(key);
    }
    // Every server of ours has it: it shows what stands on the prototype of all.
    // `connections` is no longer the builtin's; a test of the package is about it.
    keys.delete('connections');
    for (const key of [...keys, 'listening', 'connecting'].sort()) {
      t.attempt(`${Class.name}.${key}`, () => (Class.prototype as unknown as Record<string, unknown>)[key]);
    }
  }
});

scenario('the properties of a server, from listen to close', async (t) => {
  const server = t.net.createServer({ noDelay: true, blockList: undefined } as object);
  t.log('new', Object.keys(server));
  await t.listen(server);
  t.log('listening', Object.keys(server));
  server.close();
  await t.closed(server);
  t.log('closed', Object.keys(server), (server as unknown as { _handle: unknown })._handle);
});

scenario('the key by which other processes know a server', async (t) => {
  const server = t.net.createServer();
  const key = (): unknown => (server as unknown as { _connectionKey: unknown })._connectionKey;
  t.log('new', key());
  await t.listen(server);
  t.log('listening', key());
  server.close();
});

scenario('sockets and servers of http are instances too', { media: ['tcp4'] }, async (t) => {
  const server = http.createServer((request, response) => {
    t.log('socket', request.socket instanceof t.net.Socket, request.socket instanceof t.net.Server);
    response.end();
    server.close();
  });
  t.log('server', server instanceof t.net.Server, server instanceof t.net.Socket);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  http.get({ port, host: '127.0.0.1', agent: false }).on('response', (response) => response.resume());
  await t.closed(server);
  class Own extends t.net.Server {}
  t.log('a class of the user', server instanceof Own, new Own() instanceof t.net.Server);
});

interface Internals {
  _createServerHandle(address: string | null, port: number | null, family: number | null, fd?: number): number | { close(): void };
}

interface OldServer {
  _listen2(address: string, port: number, family: number, backlog: number): void;
}

scenario('a handle that is made by _createServerHandle', { media: ['tcp4'] }, async (t) => {
  const { _createServerHandle: create } = t.net as unknown as Internals;
  t.log('refused', create('192.0.2.1', 0, 4), create(null, null, null, 1e6));
  const handle = create('127.0.0.1', 0, 4);
  const server = t.watch(t.net.createServer(), 'server');
  server.listen(handle as object);
  await t.once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  t.hide(port, 'own port');
  const client = t.net.connect(port, '127.0.0.1');
  await t.once(server, 'connection');
  client.destroy();
  server.close();
  await t.closed(server);
});

scenario('_listen2 makes the handle itself', { media: ['tcp4'] }, async (t) => {
  const server = t.net.createServer();
  (server as unknown as OldServer)._listen2('127.0.0.1', 0, 4, 5);
  await t.once(server, 'listening');
  t.log('address', (server.address() as AddressInfo).address);
  const client = t.net.connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [socket] = await t.once<[unknown]>(server, 'connection');
  t.log('a socket of ours', socket instanceof t.net.Socket, (socket as { server: unknown }).server === server);
  client.destroy();
  server.close();
});

scenario('one server may ask for reusePort everywhere', { media: ['tcp4'] }, async (t) => {
  const server = t.watch(t.net.createServer(), 'server');
  server.listen({ port: 0, host: '127.0.0.1', reusePort: true } as object);
  await t.once(server, 'listening');
  t.log('listening', server.listening);
  server.close();
});

scenario('listening on something that has no place to listen at', { media: ['tcp4'] }, (t) => {
  t.attempt('a socket', () => {
    try {
      return t.net.createServer().listen(new t.net.Socket() as object).listening;
    } catch (error) {
      return [(error as NodeJS.ErrnoException).code, (error as Error).message.split('{')[0]];
    }
  });
});
