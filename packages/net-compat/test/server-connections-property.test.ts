import { once } from 'node:events';
import { expect, it } from 'vitest';
import { createConnection, createServer, type Server } from '../src/index.js';

type Deprecated = Server & { connections: number | null };

it('server.connections still tells how many there are, with one deprecation warning', async () => {
  const warnings: Error[] = [];
  const listener = (warning: Error): void => {
    warnings.push(warning);
  };
  process.on('warning', listener);
  const server = createServer() as Deprecated;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  expect(server.connections).toBe(0);
  const { port } = server.address() as { port: number };
  const client = createConnection(port, '127.0.0.1');
  await once(server, 'connection');
  expect(server.connections).toBe(1);
  client.destroy();
  server.close();
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', listener);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatchObject({
    name: 'DeprecationWarning', code: 'DEP0020',
    message: 'Server.connections property is deprecated. Use Server.getConnections method instead.',
  });
});
