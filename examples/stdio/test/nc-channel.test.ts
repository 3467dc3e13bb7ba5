import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import builtin from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from '@netstrata/transport';
import { fromNodeDuplex } from '@netstrata/transport/adapters';
import { channelCompliance } from '@netstrata/transport/compliance';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { overProcess } from '../src/index.js';
import { hasNc, nc } from './support/relays.js';

let folder: string;
let names = 0;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'stdio-'))));
afterAll(() => rmSync(folder, { recursive: true }));

/** What nc has dialled, and what was accepted. */
async function pair(): Promise<readonly [Connection, Connection]> {
  const path = join(folder, `${++names}`);
  const server = builtin.createServer({ allowHalfOpen: true, pauseOnConnect: true }).listen(path);
  await once(server, 'listening');
  const accepted = once(server, 'connection') as Promise<[builtin.Socket]>;
  const near = await new Promise<Connection>((resolve, reject) => {
    const sink = { onConnect: () => resolve(dialling), onClose: reject, onData() {}, onEnd() {}, onWriteDone() {}, onShutdownDone() {} };
    const dialling = overProcess(nc).connect({ path }, sink);
  });
  const [socket] = await accepted;
  server.close();
  return [near, fromNodeDuplex(socket)];
}

// nc does not pass on that the far end has ended as long as it is to send itself.
const runner = { describe, it: (title: string, body: () => Promise<void>) => it.skipIf(title.startsWith('C11'))(title, body) };

if (hasNc) channelCompliance(runner, { name: 'a process of nc', capabilities: { halfClose: true, reset: false }, pair });
else it.skip('a process of nc keeps the channel contract: it is not installed');
