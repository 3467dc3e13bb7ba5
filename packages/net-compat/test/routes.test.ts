import { once } from 'node:events';
import builtin from 'node:net';
import { createNetwork, type Host } from '@netstrata/transport-memory';
import { tcp } from '@netstrata/transport-tcp';
import { describe, expect, it } from 'vitest';
import { createNet, routeNet, type LookupFunction, type NetOptions, type Route, type Socket } from '../src/core.js';
import net, { type AddressInfo } from '../src/index.js';
import { twoNetworks, watched } from './support/two-networks.js';

/** A server on a host that says its name. */
async function greets(host: Host, port: number): Promise<void> {
  await once(createNet({ tcp: host.tcp }).createServer((socket) => socket.end(host.name)).listen(port), 'listening');
}

/** All that a socket reads until its end. */
async function said(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket.setEncoding('utf8')) text += String(chunk);
  return text;
}

const failed = async (socket: Socket): Promise<Error & { code: string }> => (await once(socket, 'error'))[0] as Error & { code: string };

/** A resolver that knows these names, or all as the first. */
function knows(names: Record<string, readonly string[]>, asked: string[] = []): LookupFunction {
  return ((name: string, { all }: { all?: boolean }, done: (...answer: unknown[]) => void) => {
    asked.push(name);
    const addresses = (names[name] ?? []).map((address) => ({ address, family: builtin.isIP(address) }));
    if (addresses.length === 0) done(Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' }));
    else if (all) done(null, addresses);
    else done(null, addresses[0].address, addresses[0].family);
  }) as LookupFunction;
}

describe('a net with a bastion and another transport for all else', () => {
  it('reaches names of both networks, which only the far end can resolve in one of them', async () => {
    const { laptop, web, redis, bastion } = await twoNetworks();
    await Promise.all([greets(web, 80), greets(redis, 6379)]);
    const mine = createNet({ routes: [{ host: '*.internal', transport: bastion }], tcp: laptop.tcp, lookup: laptop.lookup });
    expect(await said(mine.connect(6379, 'redis.internal'))).toBe('redis.internal');
    expect(await said(new mine.Socket().connect({ host: 'REDIS.Internal.', port: 6379 }))).toBe('redis.internal');
    expect(await said(mine.connect(80, 'web.example'))).toBe('web.example');
    expect(await said(mine.connect(80, '10.0.0.3'))).toBe('web.example');
    expect(await failed(mine.connect(80, 'redis.example'))).toMatchObject({ code: 'ENOTFOUND', syscall: 'getaddrinfo' });
  });

  it('reaches names behind a bastion over TCP too', async () => {
    const { redis, back } = await twoNetworks();
    await greets(redis, 6379);
    const { relay, throughBastion } = await import('../../../examples/wrapping/src/index.js');
    const server = relay(net, createNet({ tcp: back.tcp, lookup: back.lookup })).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const mine = createNet({ routes: [{ host: 'redis.internal', port: 6379, transport: throughBastion(tcp, { address: '127.0.0.1', port, family: 'IPv4' }) }], tcp });
    expect(await said(mine.connect(6379, 'redis.internal'))).toBe('redis.internal');
    const plain = mine.createServer((socket) => socket.end('plain')).listen(0, '127.0.0.1');
    await once(plain, 'listening');
    expect(await said(mine.connect((plain.address() as AddressInfo).port, '127.0.0.1'))).toBe('plain');
    server.close();
    plain.close();
  });

  it('tells of a name that is resolved elsewhere what the far end tells', async () => {
    const { laptop, redis, bastion } = await twoNetworks();
    await greets(redis, 6379);
    const asked: string[] = [];
    const mine = createNet({ routes: [{ host: '*.internal', transport: bastion }], tcp: laptop.tcp, lookup: knows({}, asked) });
    const events: unknown[] = [];
    const socket = mine.connect({ host: 'Redis.internal', port: 6379, family: 6, lookup: knows({}, asked), autoSelectFamily: true });
    for (const event of ['lookup', 'connectionAttempt', 'connectionAttemptFailed', 'connect']) socket.on(event, (...args: unknown[]) => events.push([event, ...args]));
    await once(socket, 'connect');
    expect(events).toEqual([['connectionAttempt', 'Redis.internal', 6379, 0], ['connect']]);
    expect([socket.remoteAddress, socket.remotePort, socket.remoteFamily]).toEqual(['192.168.0.2', 6379, 'IPv4']);
    expect([socket.localAddress, socket.autoSelectFamilyAttemptedAddresses, (socket as unknown as { _host: string })._host, asked]).toEqual(['192.168.0.1', undefined, 'Redis.internal', []]);
    socket.destroy();
  });

  it('tells why such a name could not be reached, with the name as the address', async () => {
    const { laptop, bastion } = await twoNetworks();
    const mine = createNet({ routes: [{ host: '*.internal', transport: bastion }], tcp: laptop.tcp, lookup: laptop.lookup });
    for (const [host, code] of [['nobody.internal', 'ENOTFOUND'], ['redis.internal', 'ECONNREFUSED']] as const) {
      const socket = mine.connect({ host, port: 1 });
      const attempts: unknown[] = [];
      socket.on('connectionAttemptFailed', (...args: unknown[]) => attempts.push(args));
      const error = await failed(socket);
      expect(error).toMatchObject({ code, syscall: 'connect', address: host, port: 1, message: `connect ${code} ${host}:1` });
      expect(attempts).toEqual([[host, 1, 0, error]]);
    }
  });

  it('may destroy a socket on its way to such a name, and send it elsewhere', async () => {
    const { laptop, web, redis, bastion } = await twoNetworks();
    await Promise.all([greets(web, 80), greets(redis, 6379)]);
    const mine = createNet({ routes: [{ host: '*.internal', transport: bastion }], tcp: laptop.tcp, lookup: laptop.lookup });
    const socket = mine.connect(6379, 'redis.internal');
    socket.destroy();
    await once(socket, 'close');
    expect(await said(socket.connect(80, 'web.example'))).toBe('web.example');
    const within = mine.connect(6379, 'redis.internal');
    within.once('connectionAttempt', () => within.destroy().connect(80, '10.0.0.3'));
    expect(String((await once(within, 'data'))[0])).toBe('web.example');
  });

  it('resets what goes either way, and knows which can', async () => {
    const { laptop, redis, bastion } = await twoNetworks();
    const server = createNet({ tcp: redis.tcp }).createServer().listen(6379);
    await once(server, 'listening');
    const mine = createNet({ routes: [{ host: '*.internal', transport: bastion }, { host: '10.0.0.0/8', transport: { ...watched(laptop.tcp, []), capabilities: { ...laptop.tcp.capabilities, open: false, reset: false } } }] });
    const socket = mine.connect(6379, 'redis.internal');
    const [peer] = (await once(server, 'connection')) as [Socket];
    const error = once(peer, 'error');
    socket.resetAndDestroy();
    peer.resume();
    expect((await error)[0]).toMatchObject({ code: 'ECONNRESET' });
    const other = mine.connect(22, '10.0.0.2');
    await once(other, 'connect');
    expect(() => other.resetAndDestroy()).toThrow(expect.objectContaining({ code: 'ERR_INVALID_HANDLE_TYPE' }));
    other.destroy();
  });
});

/** Where a dial of a net with routes `a`, `b`, ... goes, `tcp` being the last; and whether its name was resolved before. */
async function goes(routes: readonly (Omit<Route, 'transport'> & { names?: boolean })[], host: string, port: number, names: Record<string, string[]> = {}): Promise<unknown> {
  const here = createNetwork().host('here', ['10.1.2.3', 'fd00::1', '192.0.2.1']);
  const seen: [string, unknown][] = [];
  const transport = (name: string, resolves: boolean): NetOptions['tcp'] => {
    const told = { push: (endpoint: unknown) => seen.push([name, endpoint]) } as unknown as unknown[];
    const { capabilities, ...rest } = watched(here.tcp, told);
    // Nobody listens: a name counts as an address here, and is refused as well.
    const connect: typeof rest.connect = (endpoint, sink) => {
      told.push(endpoint);
      return here.tcp.connect({ address: '10.1.2.3', port: 1, family: 'IPv4' }, sink);
    };
    return { ...rest, connect, capabilities: { ...capabilities, names: resolves } };
  };
  const letters = routes.map(({ names: resolves = false, ...route }, i) => ({ ...route, transport: transport('abcdef'[i], resolves)! }));
  const mine = createNet({ routes: letters, tcp: transport('tcp', false), lookup: knows(names) });
  const socket = mine.connect({ host, port, autoSelectFamily: true });
  await failed(socket);
  return seen.map(([name, endpoint]) => `${name} ${(endpoint as { host?: string }).host ?? (endpoint as { address: string }).address}`).join(', ');
}

describe('the first route that matches takes the dial', () => {
  const internal = { 'redis.internal': ['10.0.0.5'] };

  for (const [what, routes, host, port, expected] of [
    ['a name', [{ host: 'redis.internal', names: true }], 'redis.internal', 1, 'a redis.internal'],
    ['a name in another case', [{ host: 'Redis.Internal.', names: true }], 'REDIS.internal', 1, 'a REDIS.internal'],
    ['a name with a final dot', [{ host: 'redis.internal', names: true }], 'redis.internal.', 1, 'a redis.internal.'],
    ['a name below a suffix', [{ host: '*.internal', names: true }], 'a.redis.Internal', 1, 'a a.redis.Internal'],
    ['every name', [{ host: '*', names: true }], 'localhost', 1, 'a localhost'],
    ['every name, by its port', [{ port: 1, names: true }], 'localhost', 1, 'a localhost'],
    ['every place', [{ names: true }], 'localhost', 1, 'a localhost'],
    ['the first of two', [{ host: '*.internal', names: true }, { host: 'redis.internal', names: true }], 'redis.internal', 1, 'a redis.internal'],
    ['the first of the right port', [{ host: '*.internal', port: 2, names: true }, { host: '*', port: 1, names: true }], 'redis.internal', 1, 'b redis.internal'],
    ['a name whose transport resolves nothing', [{ host: '*.internal' }], 'redis.internal', 1, 'a 10.0.0.5'],
    ['a name before one that resolves', [{ host: 'redis.internal' }, { host: '*.internal', names: true }], 'redis.internal', 1, 'a 10.0.0.5'],
    ['an address of a name', [{ host: '10.0.0.0/8', names: true }], 'redis.internal', 1, 'a 10.0.0.5'],
    ['an address of a name, before the name', [{ host: '10.0.0.0/8' }, { host: '*.internal' }], 'redis.internal', 1, 'a 10.0.0.5'],
    ['a name, before its address', [{ host: '*.internal' }, { host: '10.0.0.0/8' }], 'redis.internal', 1, 'a 10.0.0.5'],
    ['a name that is not resolved, whatever its address would be', [{ host: '10.0.0.0/8' }, { host: '*.internal', names: true }], 'redis.internal', 1, 'b redis.internal'],
    ['one address of a name', [{ host: '10.0.0.5' }], 'redis.internal', 1, 'a 10.0.0.5'],
    ['an address', [{ host: '10.0.0.5', names: true }], '10.0.0.5', 1, 'a 10.0.0.5'],
    ['an address in a block, host bits or not', [{ host: '10.9.9.9/8', names: true }], '10.0.0.5', 1, 'a 10.0.0.5'],
    ['an address, never by a name', [{ host: '*.internal', names: true }, { host: '*', port: 2 }], '10.0.0.5', 1, 'tcp 10.0.0.5'],
    ['an address, for every host', [{ host: '*', names: true }], '10.0.0.5', 1, 'a 10.0.0.5'],
    ['an address that is IPv4 within IPv6', [{ host: '10.0.0.0/8' }], '::ffff:10.0.0.5', 1, 'a ::ffff:10.0.0.5'],
    ['an IPv6 address, however it is spelled', [{ host: 'FD00:0::5' }], 'fd00::5', 1, 'a fd00::5'],
    ['an IPv6 address with a zone', [{ host: 'fe80::/10' }], 'fe80::1%lo', 1, 'a fe80::1%lo'],
    ['an IPv4 address, never by all of IPv6', [{ host: '::/0' }, { host: '::ffff:10.0.0.0/104' }], '10.0.0.5', 1, 'b 10.0.0.5'],
    ['nothing: the suffix itself', [{ host: '*.internal', names: true }], 'internal', 1, ''],
    ['nothing: the end of a label', [{ host: '*.internal', names: true }], 'notinternal', 1, ''],
    ['nothing: another port', [{ host: '*', port: 2, names: true }], '10.0.0.5', 1, 'tcp 10.0.0.5'],
    ['nothing: another block', [{ host: '10.1.0.0/16' }], 'redis.internal', 1, 'tcp 10.0.0.5'],
  ] as const) {
    it(what, async () => {
      expect(await goes(routes, host, port, internal)).toBe(expected);
    });
  }

  it('each address of a name by its own', async () => {
    const names = { 'many.example': ['10.0.0.5', 'fd00::5', '192.0.2.5', '10.0.0.6'] };
    expect(await goes([{ host: '10.0.0.0/8' }, { host: 'fd00::/8', names: true }], 'many.example', 1, names)).toBe('a 10.0.0.5, b fd00::5, tcp 192.0.2.5, a 10.0.0.6');
    expect(await goes([{ host: '10.0.0.0/8', port: 2 }, { host: 'many.example' }], 'many.example', 1, names)).toBe('b 10.0.0.5, b fd00::5, b 192.0.2.5, b 10.0.0.6');
  });
});

describe('what nothing carries', () => {
  it('throws ERR_NO_TRANSPORT where that is known at once, and is the error else', async () => {
    const { laptop } = createHosts();
    const mine = createNet({ routes: [{ host: '10.0.0.0/8', transport: laptop.tcp }, { host: '*.internal', port: 1, transport: laptop.tcp }], lookup: knows({ 'else.example': ['192.0.2.1'], 'two.example': ['192.0.2.1', '192.0.2.2'] }) });
    const error = expect.objectContaining({ code: 'ERR_NO_TRANSPORT' }) as unknown;
    expect(() => mine.connect(80, '192.0.2.1')).toThrow(error);
    expect(() => createNet({ routes: [{ host: 'a.example', transport: laptop.tcp }] }).connect(80, 'b.example')).toThrow(error);
    expect(() => mine.createServer().listen(80)).toThrow(error);
    expect(() => mine.createServer().listen(80, '192.0.2.1')).toThrow(error);
    expect(await failed(mine.connect(80, 'else.example'))).toEqual(error);
    expect(await failed(mine.connect({ port: 80, host: 'else.example', autoSelectFamily: false }))).toEqual(error);
    expect(await failed(mine.connect(80, 'two.example'))).toMatchObject({ code: 'ERR_NO_TRANSPORT', errors: [error, error] });
    const server = mine.createServer();
    const refused = once(server, 'error');
    server.listen(80, 'else.example');
    expect((await refused)[0]).toEqual(error);
  });
});

function createHosts(): { laptop: Host; web: Host } {
  const network = createNetwork();
  return { laptop: network.host('laptop', ['10.0.0.1', 'fd00::1']), web: network.host('web.example', ['10.0.0.3', '10.0.0.4', 'fd00::3']) };
}

it('several addresses of a name are tried in turn, each by its transport, until one connects', async () => {
  const { laptop, web } = createHosts();
  web.ignore(true, 81);
  await greets(web, 80);
  const [v4, v6]: unknown[][] = [[], []];
  const dead = createNetwork().host('alone', 'fd00::9').tcp;
  const mine = createNet({ routes: [{ host: '::/0', transport: watched(dead, v6) }, { host: '10.0.0.0/8', transport: watched(laptop.tcp, v4) }], lookup: knows({ name: ['fd00::3', '10.0.0.3'] }) });
  const socket = mine.connect({ port: 80, host: 'name', autoSelectFamily: true, autoSelectFamilyAttemptTimeout: 10 });
  expect(await said(socket)).toBe('web.example');
  expect([v6, v4].map((list) => list.map((endpoint) => (endpoint as { address: string }).address))).toEqual([['fd00::3'], ['10.0.0.3']]);
  expect(socket.autoSelectFamilyAttemptedAddresses).toEqual(['fd00::3:80', '10.0.0.3:80']);
});

it('a transport that resolves names may be `tcp` itself', async () => {
  const { redis, bastion } = await twoNetworks();
  await greets(redis, 6379);
  const asked: string[] = [];
  const mine = createNet({ tcp: bastion, lookup: knows({}, asked) });
  expect(await said(mine.connect(6379, 'redis.internal'))).toBe('redis.internal');
  expect(await said(mine.connect(6379, '192.168.0.2'))).toBe('redis.internal');
  expect(asked).toEqual([]);
});

it('localAddress and localPort go to the transport of the route', async () => {
  const { laptop, web } = createHosts();
  const server = createNet({ tcp: web.tcp }).createServer().listen(80, '10.0.0.3');
  await once(server, 'listening');
  const mine = createNet({ routes: [{ host: 'web.example', transport: laptop.tcp }], lookup: laptop.lookup });
  mine.connect({ port: 80, host: 'web.example', localAddress: '10.0.0.1', localPort: 4000 });
  const [peer] = (await once(server, 'connection')) as [Socket];
  expect([peer.remoteAddress, peer.remotePort]).toEqual(['10.0.0.1', 4000]);
});

it('what is the caller\'s mistake is refused as without routes', () => {
  const { laptop } = createHosts();
  const resolving = { ...watched(laptop.tcp, []), capabilities: { ...laptop.tcp.capabilities, open: false, names: true } };
  for (const options of [{ routes: [{ host: '*', transport: laptop.tcp }] }, { tcp: resolving }] as NetOptions[]) {
    const mine = createNet({ lookup: knows({}), ...options });
    for (const [given, code] of [
      [{ port: 1, host: 'a\0.internal' }, 'ERR_INVALID_ARG_VALUE'], [{ port: 70_000, host: 'a.internal' }, 'ERR_SOCKET_BAD_PORT'], [{ port: 1, host: 5 }, 'ERR_INVALID_ARG_TYPE'],
      [{ port: 1, host: 'a', lookup: 5 }, 'ERR_INVALID_ARG_TYPE'], [{ port: 1, host: 'a', localAddress: 'b' }, 'ERR_INVALID_IP_ADDRESS'], [{ port: 1, host: 'a', autoSelectFamily: 1 }, 'ERR_INVALID_ARG_TYPE'],
    ] as const) {
      expect(() => mine.connect(given as never), JSON.stringify(given)).toThrow(expect.objectContaining({ code }));
    }
    expect(() => mine.createServer().listen({ port: 1, host: 'a\0.internal' })).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }));
  }
});

it('a socket that is on its way by one transport, or stands, does not go on by another', async () => {
  const { laptop, web } = createHosts();
  await greets(web, 80);
  const other = createNetwork().host('other', '192.0.2.1');
  const mine = createNet({ routes: [{ host: '192.0.2.0/24', transport: other.tcp }], tcp: laptop.tcp, lookup: knows({ late: ['192.0.2.1'], 'all.late': ['192.0.2.1', '192.0.2.2'] }) });
  for (const autoSelectFamily of [true, false]) {
    for (const host of ['192.0.2.1', 'late', 'all.late']) {
      const socket = mine.connect(80, '10.0.0.3');
      socket.connect({ port: 80, host, autoSelectFamily });
      expect(await failed(socket), host).toMatchObject({ code: 'EINVAL', syscall: 'connect' });
      const standing = mine.connect(80, '10.0.0.3');
      await once(standing, 'connect');
      standing.connect({ port: 80, host, autoSelectFamily });
      expect(await failed(standing), host).toMatchObject({ code: 'EISCONN', syscall: 'connect' });
    }
  }
});

it('a socket that is told to connect while it is on its way comes to an end, whatever the routes', async () => {
  const { laptop, web } = createHosts();
  await greets(web, 80);
  const other = createNetwork().host('other', '192.0.2.1');
  const lookup = ((name: string, _options: object, done: (...answer: unknown[]) => void) => {
    setImmediate(() => { done(null, (name === 'far' ? ['192.0.2.1', '192.0.2.2'] : ['10.0.0.3', '10.0.0.4']).map((address) => ({ address, family: 4 }))); });
  }) as LookupFunction;
  const mine = createNet({ routes: [{ host: 'far', transport: other.tcp }, { host: 'near', transport: laptop.tcp }], lookup });
  for (const [first, second] of [['near', 'far'], ['far', 'near']]) {
    const socket = mine.connect({ port: 80, host: first, autoSelectFamily: true });
    socket.connect({ port: 80, host: second, autoSelectFamily: true });
    const ends: unknown[] = [];
    socket.on('error', (error: { code: string }) => ends.push(error.code)).on('end', () => ends.push('end')).resume();
    await new Promise((resolve) => socket.on('close', resolve));
    expect(ends).toHaveLength(1);
  }
});

it('routeNet takes a net with routes', async () => {
  const { laptop, redis, bastion } = await twoNetworks();
  await greets(redis, 6379);
  const mine = createNet({ routes: [{ host: '*.internal', transport: bastion }], tcp: laptop.tcp });
  const end = routeNet(() => mine);
  const socket = net.connect(6379, 'redis.internal');
  end();
  expect(await said(socket)).toBe('redis.internal');
});
