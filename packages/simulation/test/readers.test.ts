import { reader } from '@netstrata/stream-core/reader';
import { expect, it } from 'vitest';
import { installGlobals, simulate } from '../src/index.js';

it('a timeout of a reader is virtual time, and what comes too late is read by the next', async () => {
  const uninstall = installGlobals();
  try {
    const world = simulate({ seed: 3, link: { latency: 20 } });
    const seen = await world.run(async () => {
      const server = world.host('server', '10.0.0.1');
      const client = world.host('client', '10.0.0.2');
      server.net.createServer((socket) => { world.after(3_600_000, () => void socket.end('late\n')); }).listen(7);
      return client.run(async () => {
        const socket = client.net.connect(7, 'server');
        const r = reader(socket, { timeout: 60_000 });
        const from = world.now;
        const code = await r.readLine().catch((error: unknown) => (error as { code: string }).code);
        const waited = world.now - from;
        return [code, waited >= 60_000 && waited < 60_100, await r.readLine({ timeout: Infinity }), await r.readLine()];
      });
    });
    expect(seen).toEqual(['ERR_READER_TIMEOUT', true, 'late', null]);
  } finally {
    uninstall();
  }
});
