import { once } from 'node:events';
import builtin, { type AddressInfo } from 'node:net';
import { Duplex } from 'node:stream';
import { createNet } from '@netstrata/net-compat/core';
import type { WebStreams } from '@netstrata/transport/adapters';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { overWebStreams } from '../src/index.js';

let server: builtin.Server;

beforeEach(async () => {
  server = builtin.createServer({ allowHalfOpen: true }, (socket) => socket.pipe(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(() => server.close());

/** As `Deno.connect` or the `connect()` of an edge runtime: a socket as a pair of streams. */
const net = createNet({
  tcp: overWebStreams({
    async dial(endpoint) {
      if ('path' in endpoint) throw new TypeError('It dials addresses');
      const socket = builtin.connect(endpoint.port, endpoint.address);
      await once(socket, 'connect');
      return Duplex.toWeb(socket) as WebStreams;
    },
  }),
});

it('carries a megabyte to a socket and back', async () => {
  const client = net.connect((server.address() as AddressInfo).port, '127.0.0.1');
  const bytes = Buffer.alloc(1_000_000, 'over streams ');
  client.end(bytes);
  const chunks: Buffer[] = [];
  client.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(client, 'close');
  expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
});

it('fails with what the medium says, when it cannot dial', async () => {
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  const [error] = (await once(net.connect(port, '127.0.0.1'), 'error')) as [Error];
  expect(error).toMatchObject({ message: `connect ECONNREFUSED 127.0.0.1:${port}`, code: 'ECONNREFUSED', port });
});

it('only dials where the medium does not listen', () => {
  expect(() => net.createServer().listen(0)).toThrow('the web-streams transport only dials');
});
