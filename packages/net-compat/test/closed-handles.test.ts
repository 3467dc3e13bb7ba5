import * as builtin from 'node:net';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { connect, createServer, Socket } from '../src/index.js';

type Handled = { _handle: unknown };

it('a handle that is closed, or about to be, is not taken over', async () => {
  const server = createServer((peer) => peer.resume()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  for (const dial of [connect as unknown as typeof builtin.connect, builtin.connect]) {
    const client = dial(port, '127.0.0.1');
    await once(client, 'connect');
    const { _handle: handle } = client as unknown as Handled;
    const closed = once(client, 'close');
    client.destroy();
    // Only a connection of libuv's knows that it is closing.
    if (dial !== builtin.connect && process.env['NETSTRATA_DRIVER'] !== 'host') expect(() => new Socket({ handle })).toThrow(expect.objectContaining({ code: 'EBADF' }));
    await closed;
    expect(() => new Socket({ handle })).toThrow(expect.objectContaining({ code: 'EBADF' }));
  }
  const { _handle: handle } = server as unknown as Handled;
  server.close();
  await once(server, 'close');
  const other = createServer();
  const failed = once(other, 'error');
  other.listen(handle);
  // Another code while it is still closing.
  expect((await failed)[0]).toMatchObject({ code: expect.stringMatching(/^(EBADF|EINVAL)$/) as string, syscall: 'listen' });
});

it('what cannot be read from is no handle', () => {
  const handle = { readStop: () => 0, close: () => undefined };
  expect(() => new Socket({ handle })).toThrow(expect.objectContaining({ code: 'ERR_INVALID_HANDLE_TYPE' }));
});
