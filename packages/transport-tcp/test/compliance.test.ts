import { createNodeNetDriver, getDriver } from '@netstrata/handles';
import { compliance } from '@netstrata/transport/compliance';
import { describe, it } from 'vitest';
import { createTcp } from '../src/tcp.js';

const drivers = { [getDriver().name]: getDriver(), host: createNodeNetDriver() };

for (const [driver, handles] of Object.entries(drivers)) {
  for (const [family, address] of [['IPv4', '127.0.0.1'], ['IPv6', '::1']] as const) {
    compliance(
      { describe, it },
      {
        name: `tcp over ${family}, ${driver} driver`,
        transport: createTcp(handles),
        listenEndpoint: () => ({ address, port: 0, family }),
        localAddress: address,
        foreignAddress: family === 'IPv4' ? '192.0.2.1' : '2001:db8::1',
        exactChunks: driver !== 'host',
      },
    );
  }
}
