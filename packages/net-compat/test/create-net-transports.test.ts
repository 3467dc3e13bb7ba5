import { once } from 'node:events';
import * as builtin from 'node:net';
import { expect, it } from 'vitest';
import { fortyLines } from '../../../examples/custom-transport/src/forty-lines.js';
import { tcp } from '@netstrata/transport-tcp';
import { BoundSocket, createNet, Server, Socket } from '../src/core.js';
import net from '../src/index.js';

it('a net over a transport of forty lines is a whole net', async () => {
  const custom = createNet({ ipc: fortyLines });
  const server = custom.createServer((socket) => {
    socket.pipe(socket);
  });
  server.listen('somewhere');
  expect(server.listening).toBe(true);
  await once(server, 'listening');
  expect(server.address()).toBe('somewhere');

  const client = custom.connect('somewhere').setEncoding('utf8');
  const [[peer]] = (await Promise.all([once(server, 'connection'), once(client, 'connect')])) as [[Socket], unknown];
  expect(peer).toBeInstanceOf(custom.Socket);
  expect(await new Promise((resolve) => server.getConnections((_, count) => resolve(count)))).toBe(1);
  client.end('there and back');
  let text = '';
  for await (const chunk of client) text += String(chunk);
  expect(text).toBe('there and back');

  const close = once(server, 'close');
  server.close();
  await close;
  const late = custom.connect('somewhere');
  expect((await once(late, 'error'))[0]).toMatchObject({ code: 'ECONNREFUSED', syscall: 'connect', address: 'somewhere' });
});

it('errors of a transport of forty lines are those of node:net', async () => {
  const custom = createNet({ ipc: fortyLines });
  const first = custom.createServer().listen('taken');
  await once(first, 'listening');
  const second = custom.createServer().listen('taken');
  expect((await once(second, 'error'))[0]).toMatchObject({ code: 'EADDRINUSE', syscall: 'listen', address: 'taken', port: -1 });
  expect(second.listening).toBe(false);
  first.close();
  await once(first, 'close');
});

it('what a net has no transport for throws ERR_NO_TRANSPORT', () => {
  const none = createNet();
  const paths = createNet({ ipc: fortyLines });
  const error = expect.objectContaining({ code: 'ERR_NO_TRANSPORT' }) as unknown;
  for (const [label, call] of Object.entries({
    'connect to a port': () => paths.connect({ port: 1, host: '127.0.0.1' }),
    'connect to a name': () => paths.connect({ port: 1, host: 'localhost' }),
    'listen on a port': () => paths.createServer().listen(0),
    'listen on a port of a host': () => paths.createServer().listen(0, 'localhost'),
    'listen on a descriptor': () => paths.createServer().listen({ fd: 0 }),
    'a socket of a descriptor': () => new paths.Socket({ fd: 0 }),
    'connect to a path': () => none.connect('nowhere'),
    'listen on a path': () => none.createServer().listen('nowhere'),
    'listen on any port': () => none.createServer().listen(),
  })) {
    let thrown: unknown;
    try {
      call();
    } catch (caught) {
      thrown = caught;
    }
    expect(thrown, label).toEqual(error);
  }
});

it('sockets and servers of every net are instances of the one Socket and Server, and of the builtin classes', () => {
  const one = createNet({ ipc: fortyLines });
  const other = createNet();
  for (const { Socket: Own, Server: OwnServer } of [one, other, net]) {
    expect(new Own()).toBeInstanceOf(Socket);
    expect(new Own()).toBeInstanceOf(builtin.Socket);
    expect(new OwnServer()).toBeInstanceOf(Server);
    expect(new OwnServer()).toBeInstanceOf(builtin.Server);
  }
  expect(new one.Socket()).not.toBeInstanceOf(other.Socket);
  expect(new Socket()).not.toBeInstanceOf(one.Socket);
  expect(net.Socket).toBe(Socket);
  expect(net.Server).toBe(Server);
  expect(one.Socket.name).toBe('Socket');
  expect(one.Server.name).toBe('Server');
});

it('classes of a net can be called without new, extended, and inherited from in the old way', async () => {
  const custom = createNet({ ipc: fortyLines });
  expect(custom.Socket()).toBeInstanceOf(custom.Socket);
  expect(custom.Server()).toBeInstanceOf(custom.Server);

  class Own extends (custom.Socket as unknown as typeof builtin.Socket) {
    greeting = 'hello';
  }
  expect(new Own()).toBeInstanceOf(custom.Socket);
  expect(new Own().greeting).toBe('hello');

  function Old(this: object): void {
    (custom.Server as unknown as (this: object) => void).call(this);
  }
  Object.setPrototypeOf(Old.prototype as object, custom.Server.prototype);
  const server = new (Old as unknown as new () => Server)();
  // It listens over the net that its class belongs to.
  server.listen('old');
  await once(server, 'listening');
  expect(server.address()).toBe('old');
  server.close();
  await once(server, 'close');
});

it('each net has its own defaults for choosing families', () => {
  const one = createNet();
  const other = createNet();
  one.setDefaultAutoSelectFamily(false);
  one.setDefaultAutoSelectFamilyAttemptTimeout(1234);
  expect([one.getDefaultAutoSelectFamily(), one.getDefaultAutoSelectFamilyAttemptTimeout()]).toEqual([false, 1234]);
  expect(other.getDefaultAutoSelectFamily()).toBe(builtin.getDefaultAutoSelectFamily());
  expect(other.getDefaultAutoSelectFamilyAttemptTimeout()).toBe(builtin.getDefaultAutoSelectFamilyAttemptTimeout());
});

it('a socket that stands goes nowhere else, over a transport that cannot open connections before', async () => {
  const transport = { name: 'tcp', capabilities: { ...tcp.capabilities, open: false }, connect: tcp.connect.bind(tcp), listen: tcp.listen!.bind(tcp) };
  const custom = createNet({
    tcp: transport,
    lookup: (name, _options, done) => { done(null, [...(name === 'two.example' ? [{ address: '::1', family: 6 }] : []), { address: '127.0.0.1', family: 4 }]); },
  });
  const server = custom.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as builtin.AddressInfo;
  const client = custom.connect(port, '127.0.0.1');
  await once(client, 'connect');
  client.connect({ port, host: 'two.example' });
  expect((await once(client, 'error'))[0]).toMatchObject({ code: 'EISCONN', syscall: 'connect' });
  const bound = (): unknown => new custom.BoundSocket();
  expect(bound).toThrow(expect.objectContaining({ code: 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM' }));
  server.close();
});

it('a bound socket goes on in the net that made it, and in no other', () => {
  const custom = createNet({ tcp });
  const bound = new custom.BoundSocket();
  const refusal = expect.objectContaining({ code: 'ERR_INVALID_HANDLE_TYPE' }) as unknown;
  expect(bound).toBeInstanceOf(BoundSocket);
  expect(() => new Socket({ handle: bound })).toThrow(refusal);
  expect(() => net.createServer().listen(bound)).toThrow(refusal);
  bound.close();
});
