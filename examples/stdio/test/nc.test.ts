import { once } from 'node:events';
import builtin, { type AddressInfo } from 'node:net';
import { createNet } from '@netstrata/net-compat/core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { overProcess } from '../src/index.js';
import { hasNc, nc } from './support/relays.js';

let server: builtin.Server;
let port: number;
const net = createNet({ tcp: overProcess(nc) });

beforeEach(async () => {
  server = builtin.createServer({ allowHalfOpen: true }, (socket) => socket.pipe(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
});

afterEach(() => server.close());

it.skipIf(!hasNc)('nc carries a megabyte to a server and back', async () => {
  const client = net.connect(port, '127.0.0.1');
  const bytes = Buffer.alloc(1_000_000, 'over nc ');
  client.end(bytes);
  const chunks: Buffer[] = [];
  client.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(client, 'close');
  expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
});

it.skipIf(!hasNc)('nc that is refused is a refusal', async () => {
  server.close();
  await once(server, 'close');
  const [error] = (await once(net.connect(port, '127.0.0.1'), 'error')) as [Error];
  expect(error).toMatchObject({ code: 'ECONNREFUSED', port, exitCode: 1 });
  expect(error.message).toContain('Connection refused');
});
