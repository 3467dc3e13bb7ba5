import { once } from 'node:events';
import { createNet } from '@netstrata/net-compat/core';
import { compliance } from '@netstrata/transport/compliance';
import { createNetwork } from '@netstrata/transport-memory';
import { describe, it } from 'vitest';
import { relay, throughBastion } from '../src/index.js';

// The bastion is a host of both networks, and the only one of either that the other has.
const [outside, inside] = [createNetwork(), createNetwork()];
const laptop = outside.host('laptop', '10.0.0.1');
const [front, back] = [outside.host('bastion', '10.0.0.2'), inside.host('bastion', '192.168.0.1')];
const database = inside.host('db.internal', '192.168.0.2');

const bastion = relay(createNet({ tcp: front.tcp }), createNet({ tcp: back.tcp, lookup: back.lookup })).listen(2222);
await once(bastion, 'listening');

compliance({ describe, it }, {
  transport: throughBastion(laptop.tcp, { address: '10.0.0.2', port: 2222, family: 'IPv4' }),
  listening: database.tcp,
  listenEndpoint: () => ({ address: '192.168.0.2', port: 0, family: 'IPv4' }),
  nameEndpoint: ({ local }) => ({ host: 'DB.internal.', port: (local as { port: number }).port }),
});
