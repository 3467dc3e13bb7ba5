import { createNetwork } from '@netstrata/transport-memory';
import { tcp } from '@netstrata/transport-tcp';
import { compliance, type TransportSubject } from '@netstrata/transport/compliance';
import { describe, it } from 'vitest';
import { proxyProtocol, type ProxyProtocolOptions } from '../src/index.js';

const MODES: Record<string, ProxyProtocolOptions> = {
  'version 1, required': { accept: 'required', trust: ['loopback', '10.0.0.0/8'], send: 1 },
  'version 2, required': { accept: 'required', trust: ['loopback', '10.0.0.0/8'], send: 2, crc: true, authority: 'here' },
  'version 2, optional': { accept: 'optional', trust: ['loopback', '10.0.0.0/8'], send: 2 },
  // Nobody sends a header: connections are taken at once.
  'optional, from nobody who is trusted': { accept: 'optional', trust: [] },
  // The same, after the time that a header would have had.
  'optional, without one': { accept: 'optional', trust: ['loopback', '10.0.0.0/8'], timeout: 2 },
};

const subjects = (options: ProxyProtocolOptions): TransportSubject[] => {
  const network = createNetwork();
  const [one, other] = ['10.0.0.1', '10.0.0.2'].map((address) => network.host(address, address));
  return [
    {
      name: 'TCP', transport: proxyProtocol(tcp, options), listenEndpoint: () => ({ address: '127.0.0.1', port: 0, family: 'IPv4' }),
      localAddress: '127.0.0.1', foreignAddress: '192.0.2.1',
    },
    {
      name: 'memory', transport: proxyProtocol(one.tcp, options), listening: proxyProtocol(other.tcp, options),
      listenEndpoint: () => ({ address: '10.0.0.2', port: 0, family: 'IPv4' }), localAddress: '10.0.0.1', foreignAddress: '192.0.2.1',
    },
  ];
};

for (const [mode, options] of Object.entries(MODES)) {
  for (const subject of subjects(options)) compliance({ describe, it }, { ...subject, name: `${subject.name!}, ${mode}` });
}

let paths = 0;

compliance({ describe, it }, {
  name: 'paths, version 2, required', transport: proxyProtocol(createNetwork().host('here').ipc, { accept: 'required', trustPaths: true, send: 2 }),
  listenEndpoint: () => ({ path: `path ${++paths}` }),
});
