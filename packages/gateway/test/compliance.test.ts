import { compliance } from '@netstrata/transport/compliance';
import { createNetwork } from '@netstrata/transport-memory';
import { tcp } from '@netstrata/transport-tcp';
import { describe, it } from 'vitest';
import { createGateway } from '../src/index.js';
import { tunnel } from '../src/tunnel/index.js';
import { tunnelOver } from '../src/tunnel/tunnel.js';
import { carriedBy } from './support/carriers.js';
import { served } from './support/gateway.js';

const runner = { describe, it };
const everything = { allow: ['0.0.0.0/0', '::/0', 'localhost'], listen: ['0.0.0.0/0', '::/0'] };
const listenEndpoint = () => ({ address: '127.0.0.1', port: 0, family: 'IPv4' }) as const;

const { url } = await served(everything);
const there = tunnel(url);

compliance(runner, { name: 'a tunnel over a WebSocket', transport: there, listening: tcp, listenEndpoint });
compliance(runner, { name: 'listening at the gateway', transport: tcp, listening: there, listenEndpoint });

// A page, a gateway with two networks, and a server that only the gateway can reach.
const [outside, inside] = [createNetwork(), createNetwork()];
const page = outside.host('page', '10.0.0.1');
const [front, back] = [outside.host('gateway', '10.0.0.2'), inside.host('gateway', '192.168.0.1')];
const db = inside.host('db.internal', '192.168.0.2');
const gateway = createGateway({ allow: ['192.168.0.0/24', 'db.internal=192.168.0.2'], over: back.tcp, lookup: back.lookup });
const inMemory = tunnelOver(await carriedBy(gateway, front.tcp, { address: '10.0.0.2', port: 80, family: 'IPv4' }, page.tcp));

compliance(runner, {
  name: 'a tunnel in memory',
  transport: inMemory,
  listening: db.tcp,
  listenEndpoint: () => ({ address: '192.168.0.2', port: 0, family: 'IPv4' }),
  nameEndpoint: ({ local }) => ({ host: 'DB.internal.', port: (local as { port: number }).port }),
});
