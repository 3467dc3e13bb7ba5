import { compliance } from '@netstrata/transport/compliance';
import { describe, it } from 'vitest';
import { createNetwork, type LinkConditions } from '../src/index.js';

let paths = 0;
compliance({ describe, it }, { name: 'paths in memory', transport: createNetwork().host('here').ipc, listenEndpoint: () => ({ path: `path ${++paths}` }) });

const links: Record<string, LinkConditions> = {
  'ideal': {},
  'slow, and never in the pieces that were sent': { latency: 0.2, jitter: 0.3, segment: [1, 5000] },
};

for (const [family, addresses] of [['IPv4', ['10.0.0.1', '10.0.0.2']], ['IPv6', ['fd00::1', 'fd00::2']]] as const) {
  for (const [name, link] of Object.entries(links)) {
    const network = createNetwork({ link });
    const [one, other] = addresses.map((address) => network.host(address, address));
    compliance({ describe, it }, {
      name: `${family} in memory, ${name}`,
      transport: one.tcp,
      listening: other.tcp,
      listenEndpoint: () => ({ address: addresses[1], port: 0, family }),
      localAddress: addresses[0],
      foreignAddress: family === 'IPv4' ? '192.0.2.1' : '2001:db8::1',
    });
  }
}
