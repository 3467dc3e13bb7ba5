import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compliance } from '@netstrata/transport/compliance';
import { ipc } from '@netstrata/transport-ipc';
import { afterAll, describe, it } from 'vitest';
import { overProcess } from '../src/index.js';
import { relay } from './support/relays.js';

const folder = mkdtempSync(join(tmpdir(), 'stdio-'));
let names = 0;

// UNIX sockets accept what the processes dial: a process does not tell from which address and port it dials, a path has neither.
compliance(
  // Each connection is a process, which takes its time: `npm run test:all` does it.
  { describe: describe.skipIf(process.env.NETSTRATA_QUICK === '1'), it },
  {
    transport: overProcess(relay),
    listening: ipc,
    listenEndpoint: () => ({ path: join(folder, `${++names}`) }),
    // Each is a process.
    manyConnections: 8,
    timeoutMs: 60_000,
  },
);

afterAll(() => rmSync(folder, { recursive: true }));
