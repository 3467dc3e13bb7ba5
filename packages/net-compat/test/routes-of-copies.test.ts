import { once } from 'node:events';
import { createNetwork } from '@netstrata/transport-memory';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createNet, routeNet } from '../src/core.js';

it('a choice of nets holds for another copy of the package', async () => {
  const host = createNetwork().host('server', '10.0.0.1');
  const net = createNet(host);
  onTestFinished(routeNet(() => net));
  vi.resetModules();
  const another = await import('../src/index.js');
  expect(another.createNet).not.toBe(createNet);

  const server = another.createServer((socket) => socket.end('in memory')).listen(80);
  await once(server, 'listening');
  const [chunk] = (await once(another.connect(80, 'server'), 'data')) as [Buffer];
  expect(String(chunk)).toBe('in memory');
  server.close();
});
