import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { connect, createServer, Socket } from '@netstrata/net-compat';

/** Sockets and requests of this process; what vitest itself has open counts too, so only the difference tells. */
function open(): string[] {
  return process.getActiveResourcesInfo().filter((name) => /TCP|Pipe|Connect|Shutdown|Write/.test(name)).sort();
}

/** Unlike `events.once` it does not mind 'error'. */
function event(socket: Socket, name: string): Promise<void> {
  return new Promise((resolve) => {
    socket.once(name, () => resolve());
  });
}

async function turns(): Promise<void> {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
}

it('sockets that connected, failed, were dropped or destroyed leave no handle behind', async () => {
  const before = open();
  const server = createServer((peer) => {
    peer.on('error', () => {});
    peer.end('bye');
    peer.resume();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  const orderly = connect(port, '127.0.0.1');
  orderly.resume();
  await event(orderly, 'close');

  const destroyed = connect(port, '127.0.0.1');
  destroyed.destroy();
  await event(destroyed, 'close');

  const dialling = connect(port, '127.0.0.1');
  await event(dialling, 'connectionAttempt');
  dialling.destroy();
  await event(dialling, 'close');

  const twice = new Socket().on('error', () => {});
  twice.connect(port, '127.0.0.1');
  twice.connect(port, '127.0.0.1');
  await event(twice, 'close');

  const several = connect({ port, host: 'somewhere', lookup: (_host, _options, callback) => callback(null, [{ address: '127.0.0.2', family: 4 }, { address: '::1', family: 6 }]) });
  several.on('error', () => {}).resume();
  await event(several, 'close');

  const reset = connect(port, '127.0.0.1');
  reset.resetAndDestroy();
  await event(reset, 'close');

  await new Promise((resolve) => server.close(resolve));
  const refused = connect(port, '127.0.0.1').on('error', () => {});
  await event(refused, 'close');
  await turns();
  expect(open()).toEqual(before);
});

it('an attempt that is given up for the next address is closed', async () => {
  const before = open();
  // 192.0.2.0/24 is for documentation: nobody answers there, or the system says so at once.
  const socket = connect({
    port: 9, host: 'somewhere', autoSelectFamilyAttemptTimeout: 10,
    lookup: (_host, _options, callback) => callback(null, [{ address: '192.0.2.1', family: 4 }, { address: '192.0.2.2', family: 4 }, { address: '127.0.0.1', family: 4 }]),
  });
  socket.on('error', () => {});
  await event(socket, 'close');
  await turns();
  expect(open()).toEqual(before);
});
