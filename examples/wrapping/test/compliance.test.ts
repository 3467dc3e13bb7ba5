import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compliance } from '@netstrata/transport/compliance';
import { ipc } from '@netstrata/transport-ipc';
import { tcp } from '@netstrata/transport-tcp';
import { afterAll, describe, it } from 'vitest';
import { encrypted, logged } from '../src/index.js';

const secret = randomBytes(32);
const folder = mkdtempSync(join(tmpdir(), 'wrapping-'));
let names = 0;

const wrapped = {
  logged: [logged(tcp, () => {}), logged(ipc, () => {})],
  encrypted: [encrypted(tcp, secret), encrypted(ipc, secret)],
  both: [logged(encrypted(tcp, secret), () => {}), encrypted(logged(ipc, () => {}), secret)],
};

for (const [overTcp, overIpc] of Object.values(wrapped)) {
  compliance({ describe, it }, { transport: overTcp, listenEndpoint: () => ({ address: '127.0.0.1', port: 0, family: 'IPv4' }) });
  compliance({ describe, it }, { transport: overIpc, listenEndpoint: () => ({ path: join(folder, `${++names}`) }) });
}

afterAll(() => rmSync(folder, { recursive: true }));
