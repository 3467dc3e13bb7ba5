import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { createNet } from '@netstrata/net-compat/core';
import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { overProcess } from '../src/index.js';
import { fakePostgres } from './support/fake-postgres.js';
import { relay } from './support/relays.js';

let server: Server;
let port: number;

beforeEach(async () => {
  server = fakePostgres();
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
});

afterEach(() => server.close());

const net = createNet({ tcp: overProcess(relay) });
const client = () => new pg.Client({ host: '127.0.0.1', port, user: 'me', database: 'mine', stream: () => new net.Socket() });

it('pg asks through a process', async () => {
  const through = client();
  await through.connect();
  expect((await through.query('select 1')).rows).toEqual([{ asked: 'select 1' }]);
  const long = `select '${'x'.repeat(300_000)}'`;
  expect((await through.query(long)).rows).toEqual([{ asked: long }]);
  await through.end();
});

it('pg is told when the process gets nowhere', async () => {
  server.close();
  await once(server, 'close');
  const reason = `connect ECONNREFUSED: exit code 1, connect ECONNREFUSED 127.0.0.1:${port} 127.0.0.1:${port}`;
  await expect(client().connect()).rejects.toThrow(reason);
});
