import type { Connection, ConnectSink, Endpoint, InetEndpoint, Transport } from '@netstrata/transport';
import { systemError } from '@netstrata/transport';
import { refusedConnection } from '@netstrata/transport/layers';
import { tcp } from '@netstrata/transport-tcp';
import { expect, it } from 'vitest';
import type { Lookup } from '../src/index.js';
import { connect, errorOf, inet } from './support/dial.js';
import { gatewayFor, tunnelFor } from './support/gateway.js';
import { echo, target } from './support/targets.js';

/** A resolver that gives one answer after the other, and the last one from then on. */
function changing(...answers: string[][]): { lookup: Lookup; asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    lookup(host, _, done) {
      const addresses = answers[Math.min(asked.length, answers.length - 1)];
      asked.push(host);
      done(null, addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
    },
  };
}

/** A transport that remembers what was dialled, and reaches only one address. */
function recording(reached = '127.0.0.1'): { over: Transport; dialled: string[] } {
  const dialled: string[] = [];
  const connectTo = (endpoint: Endpoint, sink: ConnectSink): Connection => {
    const { address } = endpoint as InetEndpoint;
    dialled.push(address);
    if (address === reached) return tcp.connect(endpoint, sink);
    return refusedConnection(sink, systemError({ code: 'ECONNREFUSED', syscall: 'connect', endpoint }), endpoint);
  };
  return { dialled, over: { name: 'recording', capabilities: { ...tcp.capabilities, listen: false }, connect: connectTo } };
}

it('a resolver that changes its mind after the first answer changes nothing: the address that was judged is dialled', async () => {
  const { over, dialled } = recording();
  const { lookup, asked } = changing(['93.184.216.34'], ['127.0.0.1']);
  const { url } = await gatewayFor({ allow: ['rebind.example.com'], over, lookup });
  expect(await errorOf(tunnelFor(url), { host: 'rebind.example.com', port: 80 })).toMatchObject({ code: 'ECONNREFUSED' });
  expect(asked).toEqual(['rebind.example.com']);
  expect(dialled).toEqual(['93.184.216.34']);
});

it('and the next dial is judged again, by the next answer', async () => {
  const { over, dialled } = recording();
  const { lookup } = changing(['93.184.216.34'], ['127.0.0.1']);
  const { url } = await gatewayFor({ allow: ['rebind.example.com'], over, lookup });
  const there = tunnelFor(url);
  await errorOf(there, { host: 'rebind.example.com', port: 80 });
  expect(await errorOf(there, { host: 'rebind.example.com', port: 80 })).toMatchObject({ code: 'EACCES' });
  expect(dialled).toEqual(['93.184.216.34']);
});

it('of several addresses those that are allowed are tried in turn, and the others are not', async () => {
  const { port } = await target(echo);
  const { over, dialled } = recording();
  const { lookup } = changing(['10.0.0.1', '::1', '192.168.0.1', '127.0.0.1', '10.0.0.2']);
  const { url } = await gatewayFor({ allow: ['db.internal=10.0.0.0/8', 'db.internal=127.0.0.0/8'], over, lookup });
  const { connection, stream } = await connect(tunnelFor(url), { host: 'db.internal', port });
  expect(connection.remote).toEqual(inet(port));
  expect(dialled).toEqual(['10.0.0.1', '127.0.0.1']);
  stream.destroy();
});

it('localhost leads to the loopback without being looked up', async () => {
  const { port } = await target(echo);
  const { over, dialled } = recording();
  const { lookup, asked } = changing(['93.184.216.34']);
  const { url } = await gatewayFor({ allow: ['localhost'], over, lookup });
  const { stream } = await connect(tunnelFor(url), { host: 'LOCALHOST.', port });
  expect([asked, dialled]).toEqual([[], ['127.0.0.1']]);
  stream.destroy();
});

it('answers that are no addresses lead nowhere', async () => {
  const { over, dialled } = recording();
  const { url } = await gatewayFor({
    allow: ['*', '0.0.0.0/0'], over, lookup: (_, __, done) => { done(null, [{ address: '127.1', family: 4 }, null as never, { address: 'other.example.com', family: 4 }]); },
  });
  expect(await errorOf(tunnelFor(url), { host: 'www.example.com', port: 80 })).toMatchObject({ code: 'ENOTFOUND' });
  expect(dialled).toEqual([]);
});

it.each(['127.1', '0x7f000001', '2130706433', '127.0.0.1.', '0177.0.0.1'])('%s is refused: it is an address in disguise', async (host) => {
  const { over, dialled } = recording();
  const { lookup, asked } = changing(['127.0.0.1']);
  const { url } = await gatewayFor({ allow: ['*', '127.0.0.1'], over, lookup });
  expect(await errorOf(tunnelFor(url), { host, port: 80 })).toMatchObject({ code: 'EACCES' });
  expect([asked, dialled]).toEqual([[], []]);
});

it('a resolver that never answers has its time, and a client that leaves meanwhile costs nothing more', async () => {
  const { url } = await gatewayFor({ allow: ['*'], limits: { dial: 50 }, lookup: () => {} });
  expect(await errorOf(tunnelFor(url), { host: 'slow.example.com', port: 80 })).toMatchObject({ code: 'ENOTFOUND' });
});
