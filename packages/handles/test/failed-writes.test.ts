import { EventEmitter, once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { Connection, ConnectSink } from '@netstrata/transport';
import { afterEach, expect, it, vi } from 'vitest';
import { getDriver } from '../src/index.js';

const driver = getDriver();

interface Pair {
  readonly connection: Connection;
  readonly peer: Socket;
  readonly events: string[];
  readonly closed: Promise<unknown>;
}

let stop = (): void => {};
afterEach(() => { stop(); });

/** A connection that reads, or not. What it was given is told with the number of bytes. */
async function connected(isReading: boolean): Promise<Pair> {
  const server = createServer((peer) => peer.on('error', () => {})).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const accepted = once(server, 'connection');
  const events: string[] = [];
  let received = 0;
  const told = new EventEmitter();
  const [open, closed] = [once(told, 'open'), once(told, 'closed')];
  const sink: ConnectSink = {
    onConnect: () => { told.emit('open'); },
    onWriteDone: () => events.push('written'),
    onShutdownDone() {},
    onData: ({ length }) => { received += length; },
    onEnd: () => events.push('end'),
    onClose: (error) => {
      const { code, syscall } = (error ?? {}) as { code?: string; syscall?: string };
      events.push(`${received} bytes`, `${code} ${syscall}`);
      told.emit('closed');
    },
  };
  const connection = driver.connect({ address: '127.0.0.1', port: (server.address() as AddressInfo).port, family: 'IPv4' }, sink);
  await open;
  const [peer] = (await accepted) as [Socket];
  if (isReading) connection.readStart();
  stop = () => { server.close(); peer.destroy(); connection.close(); };
  return { connection, peer, events, closed };
}

// The builtin's own socket, under the host driver, fails at once.
const ours = it.runIf(driver.name === 'libuv');

ours.each([10, 100_000])('%i bytes that the peer sent before it was gone come before the write that failed', async (size) => {
  const { connection, peer, events, closed } = await connected(true);
  // All in one turn, in which nothing can be read.
  peer.write(Buffer.alloc(size));
  peer.resetAndDestroy();
  connection.write(Buffer.from('too late'));
  connection.write(Buffer.from('later still'));
  await closed;
  expect(events).toEqual([`${size} bytes`, 'ECONNRESET write']);
});

ours('a connection that does not read reports a failed write at once', async () => {
  const { connection, peer, events, closed } = await connected(false);
  peer.write('unread');
  peer.resetAndDestroy();
  connection.write(Buffer.from('too late'));
  await closed;
  expect(events).toEqual(['0 bytes', 'ECONNRESET write']);
});

ours('one that stops reading reports it then', async () => {
  const { connection, peer, events, closed } = await connected(true);
  peer.write('unread');
  peer.resetAndDestroy();
  connection.write(Buffer.from('too late'));
  connection.readStop();
  await closed;
  expect(events).toEqual(['0 bytes', 'ECONNRESET write']);
});

ours('also where timers stand still', async () => {
  vi.useFakeTimers({ toFake: ['setImmediate', 'setTimeout'] });
  try {
    const { connection, peer, events, closed } = await connected(true);
    peer.resetAndDestroy();
    connection.write(Buffer.from('too late'));
    await closed;
    expect(events).toEqual(['0 bytes', 'ECONNRESET write']);
  } finally {
    vi.useRealTimers();
  }
});

ours('a connection that is closed meanwhile still says why the write has failed', async () => {
  const { connection, peer, events } = await connected(true);
  peer.resetAndDestroy();
  connection.write(Buffer.from('too late'));
  connection.close();
  await once(peer, 'close');
  for (let i = 0; i < 10; i++) await new Promise((resolve) => setImmediate(resolve));
  expect(events).toEqual(['0 bytes', 'ECONNRESET write']);
});
