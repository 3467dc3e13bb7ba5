import * as builtin from 'node:net';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import * as compat from '../src/index.js';

type Net = typeof builtin;
const lists = process as unknown as { _getActiveHandles(): unknown[] };

/** What Node lists at each step of a connection's life: the names of those objects that are known. */
async function listed(net: Net): Promise<unknown[]> {
  const seen: unknown[] = [];
  const known = new Map<unknown, string>();
  const note = (): void => {
    const names = lists._getActiveHandles().map((handle) => known.get(handle)).filter((name) => name !== undefined);
    seen.push(names.sort());
  };
  const server = net.createServer();
  known.set(server, 'server');
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new net.Socket();
  known.set(client, 'client');
  note();
  client.connect((server.address() as builtin.AddressInfo).port, '127.0.0.1');
  note();
  const [peer] = (await once(server, 'connection')) as [builtin.Socket];
  known.set(peer, 'peer');
  if (client.connecting) await once(client, 'connect');
  note();
  client.unref();
  note();
  client.ref();
  peer.destroy();
  client.destroy();
  server.close();
  await Promise.all([once(client, 'close'), once(peer, 'close'), once(server, 'close')]);
  note();
  return seen;
}

// On the host driver the handles are those of the builtin sockets underneath, which they get ticks later.
const onHost = process.env['NETSTRATA_DRIVER'] === 'host';

it.skipIf(onHost)('process._getActiveHandles shows our sockets and servers', async () => {
  const seen = await listed(compat as unknown as Net);
  expect(seen).toEqual(await listed(builtin));
  expect(seen[2]).toEqual(['client', 'peer', 'server']);
});

it.skipIf(onHost)('unref before connect waits for the connection', async () => {
  const server = builtin.createServer((peer) => peer.destroy()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const count = (): number => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
  for (const net of [builtin, compat as unknown as Net]) {
    const client = new net.Socket();
    client.unref();
    const before = count();
    client.connect((server.address() as builtin.AddressInfo).port, '127.0.0.1');
    expect(count() - before).toBe(1);
    await once(client, 'close');
  }
  server.close();
});
