import * as builtin from 'node:net';
import type { Server } from 'node:net';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import * as compat from '../../src/index.js';
import { Child } from '../support/child.js';
import { freshPath } from '@netstrata/config/fresh-path';

type Net = typeof builtin;
const ours = compat as unknown as Net;

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function answer(at: builtin.NetConnectOpts): Promise<unknown> {
  const client = builtin.connect(at, () => client.write('x')).setEncoding('utf8');
  const [text] = (await once(client, 'data')) as [string];
  client.destroy();
  return text;
}

/** Sends a server to a child process and closes it here: the child goes on accepting. */
async function sendServer(net: Net, receiver: 'builtin' | 'adopted', at: builtin.ListenOptions): Promise<unknown[]> {
  const server: Server = net.createServer();
  server.listen(at);
  await once(server, 'listening');
  const address = server.address();
  const own = new Child('child', [receiver]);
  cleanups.push(() => own.stop());
  await own.message();
  await own.send('server', server);
  const seen: unknown[] = [];
  const there = await own.message<{ listening: boolean; address: unknown }>();
  seen.push(there.listening);
  if (typeof address !== 'string') expect(there.address).toEqual(address);
  seen.push(server.listening);
  const close = once(server, 'close');
  server.close();
  await close;
  const { port } = typeof address === 'string' ? { port: 0 } : address!;
  seen.push(await answer(typeof address === 'string' ? { path: address } : { port, host: '127.0.0.1' }), await own.message());
  await own.send('close');
  seen.push(await own.message());
  return seen;
}

describe('a server that is sent to a child process', () => {
  const anywhere = { port: 0, host: '127.0.0.1' };

  it('accepts there in the builtin net', async () => {
    expect(await sendServer(ours, 'builtin', anywhere)).toEqual(await sendServer(builtin, 'builtin', anywhere));
  });

  it('accepts there in net-compat, which listens on what was sent', async () => {
    expect(await sendServer(ours, 'adopted', anywhere)).toEqual(await sendServer(builtin, 'builtin', anywhere));
  });

  it('may come from the builtin', async () => {
    expect(await sendServer(builtin, 'adopted', anywhere)).toEqual(await sendServer(builtin, 'builtin', anywhere));
  });
});

it.skipIf(process.platform === 'win32')('a server on a path is sent, and accepts in both processes', async () => {
  const server = ours.createServer((socket) => socket.once('data', () => socket.end('parent')));
  server.listen(freshPath());
  await once(server, 'listening');
  cleanups.push(() => server.close());
  const own = new Child('child', ['adopted']);
  cleanups.push(() => own.stop());
  await own.message();
  await own.send('server', server);
  expect(await own.message()).toMatchObject({ listening: true });
  const answers = new Set<unknown>();
  // Which process accepts is the kernel's choice.
  for (let i = 0; i < 200 && answers.size < 2; i++) answers.add(await answer({ path: server.address() as string }));
  expect([...answers].every((text) => text === 'parent' || text === 'child: x')).toBe(true);
});
