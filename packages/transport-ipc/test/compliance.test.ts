import { createNodeNetDriver, getDriver } from '@netstrata/handles';
import { compliance } from '@netstrata/transport/compliance';
import { describe, it } from 'vitest';
import { createIpc } from '../src/ipc.js';
import { freshPath } from '@netstrata/config/fresh-path';

const drivers = { [getDriver().name]: getDriver(), host: createNodeNetDriver() };

for (const [driver, handles] of Object.entries(drivers)) {
  compliance(
    { describe, it },
    { name: `ipc, ${driver} driver`, transport: createIpc(handles), listenEndpoint: () => ({ path: freshPath() }), exactChunks: driver !== 'host' },
  );
}
