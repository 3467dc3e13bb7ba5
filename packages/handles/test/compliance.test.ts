import { freshPath } from '@netstrata/config/fresh-path';
import { compliance } from '@netstrata/transport/compliance';
import { describe, it } from 'vitest';
import { DRIVERS, transportOver } from './support/transports.js';

for (const [name, driver] of Object.entries(DRIVERS)) {
  const exactChunks = name !== 'host';
  compliance(
    { describe, it },
    {
      transport: transportOver(driver, 'tcp'), exactChunks,
      listenEndpoint: () => ({ address: '127.0.0.1', port: 0, family: 'IPv4' }), localAddress: '127.0.0.1', foreignAddress: '192.0.2.1',
    },
  );
  compliance({ describe, it }, { transport: transportOver(driver, 'pipe'), exactChunks, listenEndpoint: () => ({ path: freshPath() }) });
}
