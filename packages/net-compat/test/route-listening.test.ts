import { once } from 'node:events';
import type { Acceptor, Listener, ListenEndpoint, NameEndpoint, ResolvingTransport, Transport } from '@netstrata/transport';
import { createNetwork } from '@netstrata/transport-memory';
import { tcp } from '@netstrata/transport-tcp';
import { expect, it } from 'vitest';
import { createNet, type LookupFunction, type Net, type Socket } from '../src/core.js';
import type { AddressInfo } from '../src/index.js';
import { watched } from './support/two-networks.js';

const lookup = ((name: string, _options: object, done: (...answer: unknown[]) => void) => { done(null, [{ address: name === 'inner.example' ? '192.168.0.1' : name, family: 4 }]); }) as LookupFunction;

/** A net of a host that is in two networks, and what each of its transports was told to listen on. */
function twoSided(): { net: Net; outer: unknown[]; inner: unknown[]; named: unknown[]; from: { outer: Net; inner: Net } } {
  const [one, two] = [createNetwork(), createNetwork()];
  const [outer, inner, named]: unknown[][] = [[], [], []];
  const innerTcp = two.host('here', '192.168.0.1').tcp;
  const resolving: ResolvingTransport = {
    ...watched(innerTcp, []),
    capabilities: { ...innerTcp.capabilities, open: false, adopt: false, names: true },
    listen(endpoint: ListenEndpoint | NameEndpoint, acceptor: Acceptor): Listener {
      named.push(endpoint);
      return innerTcp.listen!({ address: '192.168.0.1', port: (endpoint as NameEndpoint).port, family: 'IPv4' }, acceptor);
    },
  };
  const net = createNet({
    routes: [{ host: '*.internal', transport: resolving }, { host: '192.168.0.0/16', transport: watched(innerTcp, inner) }, { port: '6000-6999', transport: watched(innerTcp, inner) }],
    tcp: watched(one.host('here', '10.0.0.1').tcp, outer), lookup,
  });
  return { net, outer, inner, named, from: { outer: createNet({ tcp: one.host('client', '10.0.0.2').tcp }), inner: createNet({ tcp: two.host('client', '192.168.0.2').tcp }) } };
}

for (const [what, args, side, address, endpoint] of [
  ['every address', [80], 'outer', '10.0.0.1', { port: 80 }],
  ['every address, by the port', [6379], 'inner', '192.168.0.1', { port: 6379 }],
  ['an address', [80, '192.168.0.1'], 'inner', '192.168.0.1', { address: '192.168.0.1', port: 80, family: 'IPv4' }],
  ['the address of a name', [80, 'inner.example'], 'inner', '192.168.0.1', { address: '192.168.0.1', port: 80, family: 'IPv4' }],
  ['an address that no route is for', [80, '10.0.0.1'], 'outer', '10.0.0.1', { address: '10.0.0.1', port: 80, family: 'IPv4' }],
] as const) {
  it(`a server on ${what} listens by the ${side} transport`, async () => {
    const sides = twoSided();
    const server = sides.net.createServer((socket) => socket.end('hello')).listen(...(args as unknown as [number, string]));
    await once(server, 'listening');
    expect(sides[side]).toMatchObject([endpoint]);
    expect(sides[side === 'inner' ? 'outer' : 'inner']).toEqual([]);
    const client = sides.from[side].connect(args[0], address).setEncoding('utf8');
    expect((await once(client, 'data'))[0]).toBe('hello');
  });
}

it('a server on a name listens on it as it is, where the transport resolves names', async () => {
  const sides = twoSided();
  const server = sides.net.createServer((socket) => socket.end('hello')).listen(80, 'Redis.internal');
  await once(server, 'listening');
  expect(sides.named).toEqual([{ host: 'Redis.internal', port: 80 }]);
  expect(server.address()).toEqual({ address: '192.168.0.1', port: 80, family: 'IPv4' });
  expect((await once(sides.from.inner.connect(80, '192.168.0.1').setEncoding('utf8'), 'data'))[0]).toBe('hello');
});

it('a transport that only dials is refused for listening, however the host was found', async () => {
  const dialling: Transport = { ...watched(tcp, []), listen: undefined!, capabilities: { ...tcp.capabilities, open: false, adopt: false, listen: false } };
  delete dialling.listen;
  const mine = createNet({ routes: [{ host: 'a.example', transport: dialling }, { host: '127.0.0.0/8', transport: dialling }], tcp, lookup: ((_n, _o, done) => { setImmediate(() => { done(null, [{ address: '127.0.0.1', family: 4 }]); }); }) });
  const refusal = expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE', message: expect.stringContaining('the tcp transport only dials') as string }) as unknown;
  for (const host of ['a.example', '127.0.0.1']) expect(() => mine.createServer().listen(0, host)).toThrow(refusal);
  expect((await once(mine.createServer().listen(0, 'b.example'), 'error'))[0]).toEqual(refusal);
  const plain = createNet({ tcp: dialling });
  for (const args of [[0], [0, '127.0.0.1'], [0, 'a.example']]) expect(() => plain.createServer().listen(...(args as [number]))).toThrow(refusal);
});

it('a bound socket is opened by the route of its address, and goes on by no other', async () => {
  const network = createNetwork();
  const [here, there] = [network.host('here', '10.0.0.1'), network.host('there', '10.0.0.2')];
  const server = createNet({ tcp: there.tcp }).createServer().listen(80, '10.0.0.2');
  await once(server, 'listening');
  const mine = createNet({ routes: [{ host: '10.0.0.0/8', transport: here.tcp }], tcp });
  const bound = new mine.BoundSocket({ host: '10.0.0.1', port: 4000 });
  const socket = new mine.Socket({ handle: bound }).connect(80, '10.0.0.2');
  const [peer] = (await once(server, 'connection')) as [Socket];
  expect(peer.remotePort).toBe(4000);
  socket.destroy();
  const elsewhere = new mine.Socket({ handle: new mine.BoundSocket({ host: '10.0.0.1' }) }).connect(80, '127.0.0.1');
  expect((await once(elsewhere, 'error'))[0]).toMatchObject({ code: 'EINVAL', syscall: 'connect' });
});

it('a server over TCP and one in memory live side by side', async () => {
  const network = createNetwork();
  const mine = createNet({ routes: [{ host: '10.0.0.0/8', transport: network.host('here', '10.0.0.1').tcp }], tcp });
  const servers = ['10.0.0.1', '127.0.0.1'].map((host) => mine.createServer((socket) => socket.end(host)).listen(0, host));
  for (const server of servers) {
    if (!server.listening) await once(server, 'listening');
    const { address, port } = server.address() as AddressInfo;
    const [text] = (await once(mine.connect(port, address).setEncoding('utf8'), 'data')) as [string];
    expect(text).toBe(address);
  }
  for (const server of servers) server.close();
});
