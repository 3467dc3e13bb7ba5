import { once } from 'node:events';
import { expect, it } from 'vitest';
import { BlockList, connect, createNet, createServer, Socket, type AddressInfo, type ConnectOptions, type LookupFunction } from '@netstrata/net-compat';

const coded = (code: string): unknown => expect.objectContaining({ code });

it.each([
  { port: 1, host: 'good.example\0.evil.example' },
  { port: 1, host: '\0' },
  { port: 1, host: '127.0.0.1\0' },
  { port: 1, host: '::1\0' },
  { path: '/tmp/a\0b' },
  { path: 'a\0' },
])('a NUL in a host or path is refused: %j', (options) => {
  expect(() => connect(options as ConnectOptions)).toThrow(coded('ERR_INVALID_ARG_VALUE'));
  expect(() => new Socket().connect(options as ConnectOptions)).toThrow(coded('ERR_INVALID_ARG_VALUE'));
  expect(() => createServer().listen('path' in options ? options : { ...options, port: 0 })).toThrow(coded('ERR_INVALID_ARG_VALUE'));
});

it.each(['127.0.0.1\0', '\0', '::1\0z'])('a NUL in an address to dial from is refused: %j', (localAddress) => {
  // With the code that Node has for it.
  expect(() => connect({ port: 1, host: '127.0.0.1', localAddress })).toThrow(coded('ERR_INVALID_IP_ADDRESS'));
});

it('a name that begins with NUL is abstract on Linux, and none elsewhere', async () => {
  const server = createServer();
  const path = `\0netstrata-${process.pid}\0more`;
  if (process.platform !== 'linux') {
    const [error] = await new Promise<unknown[]>((resolve) => server.listen(path).on('error', (...args) => { resolve(args); }));
    expect(error).toMatchObject({ code: 'EINVAL' });
    return;
  }
  await once(server.listen(path), 'listening');
  await once(connect({ path }).on('connect', function (this: Socket) { this.destroy(); }), 'close');
  server.close();
});

it('options change no prototype', () => {
  const hostile = JSON.parse('{"__proto__": {"polluted": 1, "allowHalfOpen": true}, "constructor": {"prototype": {"polluted": 1}}}') as object;
  const socket = new Socket(hostile);
  expect(socket.allowHalfOpen).toBe(false);
  const other = connect({ port: 1, host: '127.0.0.1', ...hostile } as ConnectOptions).on('error', () => {});
  other.destroy();
  createServer(hostile);
  createNet(hostile);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
  expect((socket as unknown as { polluted?: number }).polluted).toBeUndefined();
});

it.each(['__proto__', 'constructor', 'hasOwnProperty', 'toString'])('%s is an event like others', (event) => {
  const socket = new Socket();
  const heard: unknown[] = [];
  expect(socket.listenerCount(event)).toBe(0);
  expect(socket.emit(event)).toBe(false);
  socket.on(event, (value) => heard.push(value));
  socket.emit(event, 1);
  expect(heard).toEqual([1]);
});

it.each([-1, 1.5, 65536, Number.POSITIVE_INFINITY])('a local port of %d is refused before anything is dialled', (localPort) => {
  const socket = new Socket();
  expect(() => socket.connect({ port: 1, host: '127.0.0.1', localPort })).toThrow(coded('ERR_SOCKET_BAD_PORT'));
  socket.destroy();
});

it.each([
  ['127.0.0.1', 6],
  ['::ffff:127.0.0.1', 4],
  ['::ffff:7f00:1', 6],
] as const)('a block list holds for %s, also where the resolver calls it IPv%d', async (address, family) => {
  const blockList = new BlockList();
  blockList.addAddress('127.0.0.1');
  const lookup: LookupFunction = (_name, { all }, done) => {
    if (all) done(null, [{ address, family }, { address: '127.0.0.1', family: 4 }]);
    else done(null, address, family);
  };
  for (const only of [undefined, 4]) {
    const socket = connect({ port: 1, host: 'a.example', family: only, lookup, blockList });
    const [error] = (await once(socket, 'error')) as [Error];
    expect(error).toEqual(coded('ERR_IP_BLOCKED'));
  }
});

it('a resolver that answers twice makes one connection', async () => {
  let connections = 0;
  const server = createServer((peer) => {
    connections++;
    peer.on('error', () => {}).resume();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const lookup: LookupFunction = (_name, _options, done) => {
    const answers = [{ address: '127.0.0.1', family: 4 }, { address: '127.0.0.2', family: 4 }];
    done(null, answers);
    done(null, answers);
  };
  const socket = connect({ port, host: 'a.example', lookup });
  await once(socket, 'connect');
  // A second connection would have been asked for by now, and come before this one.
  const last = connect(port, '127.0.0.1');
  await once(last, 'connect');
  last.end();
  await once(last, 'close');
  expect(connections).toBe(2);
  socket.destroy();
  server.close();
  await once(server, 'close');
});

it('onread goes on behind a callback that has thrown', async () => {
  const server = createServer((peer) => peer.end('abcdef')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const heard: string[] = [];
  const callback = (size: number, buffer: Uint8Array): void => {
    heard.push(Buffer.from(buffer.subarray(0, size)).toString());
    if (heard.length === 1) throw new Error('from a callback');
  };
  const thrown = new Promise((resolve) => {
    process.setUncaughtExceptionCaptureCallback(resolve);
  });
  const socket = connect({ port, host: '127.0.0.1', onread: { buffer: Buffer.alloc(2), callback } });
  const closed = once(socket, 'close');
  expect(await thrown).toMatchObject({ message: 'from a callback' });
  process.setUncaughtExceptionCaptureCallback(null);
  await closed;
  expect(heard).toEqual(['ab', 'cd', 'ef']);
  server.close();
  await once(server, 'close');
});

it('onread hears nothing once the socket was destroyed', async () => {
  const server = createServer((peer) => peer.on('error', () => {}).end('abcdef')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  let calls = 0;
  const callback = (): boolean => {
    calls++;
    setImmediate(() => {
      socket.resume();
      socket.destroy();
    });
    return false;
  };
  const socket = connect({ port, host: '127.0.0.1', onread: { buffer: Buffer.alloc(2), callback } });
  await once(socket, 'close');
  expect(calls).toBe(1);
  server.close();
  await once(server, 'close');
});
