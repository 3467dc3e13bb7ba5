import { compliance } from '@netstrata/transport/compliance';
import { createNetwork } from '@netstrata/transport-memory';
import { tcp } from '@netstrata/transport-tcp';
import type { InetEndpoint } from '@netstrata/transport';
import { describe, it } from 'vitest';
import { guard } from '../src/index.js';
import { inet } from './support/ends.js';
import { resolving } from './support/resolving.js';

const runner = { describe, it };

for (const [address, foreignAddress] of [['127.0.0.1', '192.0.2.1'], ['::1', '2001:db8::1']] as const) {
  const policy = { allow: ['loopback', 'documentation'] };
  const subject = { listenEndpoint: () => inet(address, 0), localAddress: address, foreignAddress };
  compliance(runner, { ...subject, name: `tcp to ${address} under a policy`, transport: guard(tcp, policy) });
  compliance(runner, { ...subject, name: `tcp to ${address} under a policy for both ends`, transport: guard(tcp, policy, { acceptFrom: policy }) });
}

const policy = { allow: ['loopback', 'unspecified'] };
compliance(runner, {
  name: 'tcp on every address under a policy',
  transport: guard(tcp, policy, { acceptFrom: policy }),
  listenEndpoint: () => ({ port: 0 }),
  dialEndpoint: ({ local }) => inet('127.0.0.1', (local as InetEndpoint).port),
  localAddress: '127.0.0.1',
  foreignAddress: '192.0.2.1',
});

let paths = 0;
compliance(runner, {
  name: 'paths in memory under a policy',
  transport: guard(createNetwork().host('here').ipc, {}, { paths: true, acceptFrom: {} }),
  listenEndpoint: () => ({ path: `path ${++paths}` }),
});

const network = createNetwork();
const [one, other] = ['10.0.0.1', '10.0.0.2'].map((address) => network.host(address, address));
compliance(runner, {
  name: 'a network in memory under a policy',
  transport: guard(one.tcp, { allow: ['10.0.0.2'] }),
  listening: guard(other.tcp, { allow: ['10.0.0.2'] }, { acceptFrom: { allow: ['10.0.0.1'] } }),
  listenEndpoint: () => inet('10.0.0.2', 0),
  localAddress: '10.0.0.1',
  foreignAddress: '192.0.2.1',
});
const names = resolving(one.tcp, (host) => (host === 'server.example' ? '10.0.0.2' : undefined));
compliance(runner, {
  name: 'a transport that resolves names under a policy',
  transport: guard(names, { allow: ['private'], deny: ['10.0.0.3'] }, { hosts: ['*'] }),
  listening: other.tcp,
  listenEndpoint: () => inet('10.0.0.2', 0),
  localAddress: '10.0.0.1',
  foreignAddress: '192.0.2.1',
  nameEndpoint: ({ local }) => ({ host: 'server.example', port: (local as InetEndpoint).port }),
});
