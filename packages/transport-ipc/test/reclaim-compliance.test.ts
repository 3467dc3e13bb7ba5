import { createNodeNetDriver, getDriver } from '@netstrata/handles';
import type { Transport } from '@netstrata/transport';
import { compliance } from '@netstrata/transport/compliance';
import { describe, it } from 'vitest';
import { createIpc } from '../src/ipc.js';
import { freshPath } from '@netstrata/config/fresh-path';

/** The transport, all of whose listeners reclaim. */
function reclaiming(transport: Transport): Transport {
  return {
    name: transport.name,
    capabilities: transport.capabilities,
    connect: (...args) => transport.connect(...args),
    listen: (endpoint, acceptor, options) => transport.listen!(endpoint, acceptor, { ...options, reclaim: true }),
    open: (...args) => transport.open!(...args),
    adoptConnection: (...args) => transport.adoptConnection!(...args),
    adoptListener: (...args) => transport.adoptListener!(...args),
  };
}

const drivers = { [getDriver().name]: getDriver(), host: createNodeNetDriver() };

for (const [driver, handles] of Object.entries(drivers)) {
  compliance(
    { describe, it },
    { name: `ipc that reclaims, ${driver} driver`, transport: reclaiming(createIpc(handles)), listenEndpoint: () => ({ path: freshPath() }), exactChunks: driver !== 'host' },
  );
}
