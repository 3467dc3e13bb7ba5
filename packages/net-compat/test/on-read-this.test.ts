import { once } from 'node:events';
import { expect, it } from 'vitest';
import net, { type AddressInfo } from '@netstrata/net-compat';

it('the callback of onread is called on the socket', async () => {
  const server = net.createServer((socket) => socket.end('text'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const seen: unknown[] = [];
  const client = net.connect({
    port: (server.address() as AddressInfo).port,
    host: '127.0.0.1',
    onread: {
      buffer: Buffer.alloc(16),
      callback(this: unknown) {
        seen.push(this);
      },
    },
  });
  await once(client, 'close');
  expect(seen).toEqual([client]);
  server.close();
});
