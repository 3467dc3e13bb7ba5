import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { Connection, ConnectSink } from '@netstrata/transport';
import { expect, it } from 'vitest';
import { getDriver } from '../src/index.js';

const driver = getDriver();
const turns = async (): Promise<void> => { for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve)); };

interface Heard {
  readonly connection: Connection;
  readonly peer: Socket;
  /** 'data' counts once, however many chunks there are. */
  readonly events: Set<string>;
  readonly closed: Promise<unknown>;
}

async function connected(): Promise<Heard> {
  const server = createServer({ allowHalfOpen: true }, (peer) => peer.on('error', () => {})).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const accepted = once(server, 'connection');
  const events = new Set<string>();
  let connection!: Connection;
  const closed = new Promise((resolve, reject) => {
    const sink: ConnectSink = {
      onConnect() {}, onWriteDone() {}, onShutdownDone() {},
      onData: () => { events.add('data'); },
      onEnd: () => { events.add('end'); },
      onClose: (error) => {
        events.add(`close ${(error as { code?: string } | null)?.code}`);
        resolve(events);
      },
    };
    connection = driver.connect({ address: '127.0.0.1', port: (server.address() as AddressInfo).port, family: 'IPv4' }, sink);
    server.on('error', reject);
  });
  const [peer] = (await accepted) as [Socket];
  await turns();
  server.close();
  return { connection, peer, events, closed };
}

// Over the host driver it is what the builtin makes of it.
it.runIf(driver.name === 'libuv')('a reset behind bytes that were not read yet is no end', async () => {
  const { connection, peer, events, closed } = await connected();
  peer.write(Buffer.alloc(10_000_000));
  await turns();
  peer.resetAndDestroy();
  await once(peer, 'close');
  await turns();
  connection.readStart();
  await closed;
  expect(events).toEqual(new Set(['data', 'close ECONNRESET']));
});

it('an end behind bytes that were not read yet is one, also where a write has met a peer that is gone since', async () => {
  const { connection, peer, events, closed } = await connected();
  peer.end(Buffer.alloc(1000));
  await once(peer, 'finish');
  peer.destroy();
  await once(peer, 'close');
  connection.write(Buffer.from('nobody reads this'));
  await turns();
  connection.readStart();
  while (events.size < 2) await turns();
  expect(events).toEqual(new Set(['data', 'end']));
  connection.close();
  await closed;
});
