import { once } from 'node:events';
import type { Connection, ConnectSink, Transport } from '@netstrata/transport';
import { duplexPair } from '@netstrata/stream-core';
import { tcp } from '@netstrata/transport-tcp';
import { expect, it } from 'vitest';
import type { Lookup } from '../src/index.js';
import { socksServer } from '../src/server/index.js';
import { Clock } from './support/clock.js';
import { bytesOf } from './support/dial.js';
import { proxyOn } from './support/proxy.js';
import { raw, scripted } from './support/scripted.js';
import { until } from './support/until.js';

const asking = (port: number): Uint8Array => Uint8Array.of(5, 1, 0, 5, 1, 0, 1, 127, 0, 0, 1, port >> 8, port & 255);

it('a client counts until the far end is gone, too: one that reads nothing holds a place', async () => {
  const far = await scripted((socket) => socket.pause().end());
  const { local, serve } = await proxyOn(tcp, { over: tcp, policy: { default: 'allow' } });
  const client = await raw(local.port);
  client.write(asking(far.port));
  await bytesOf(client, 12);
  // More than all buffers between hold.
  let sent = 0;
  const go = (): void => void client.write(Buffer.alloc(65_536), (error) => { if (!error) { sent += 65_536; go(); } });
  go();
  for (let before = -1; before !== sent;) {
    before = sent;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  client.destroy();
  expect(serve.connections).toBe(1);
  far.sockets[0].resume();
  await until(() => serve.connections === 0);
});

it('and not for ever: what it has left behind is reset when the far end takes nothing of it for two minutes', async () => {
  // It has ended its side, and a write to it never settles.
  let abortions = 0;
  const stuck = {
    name: 'stuck', capabilities: tcp.capabilities,
    connect: (_: unknown, sink: ConnectSink) => {
      queueMicrotask(() => { sink.onConnect(); });
      const connection: Partial<Connection> = {
        local: null, remote: null, bytesRead: 0, bytesWritten: 0, readStop() {}, ref() {}, unref() {}, shutdown() {}, close() {},
        readStart: () => { queueMicrotask(() => { connection.sink!.onEnd(); }); },
        write: () => 1, writev: () => 1,
        abort: () => { abortions++; queueMicrotask(() => { connection.sink!.onClose(null); }); },
      };
      return connection as Connection;
    },
  } as unknown as Transport;
  const clock = new Clock();
  const serve = socksServer({ over: stuck, policy: { default: 'allow' }, clock });
  const [client, served] = duplexPair();
  serve(served);
  client.resume().end(Buffer.concat([asking(80), Buffer.from('for nobody')]));
  await once(served, 'close');
  expect([serve.connections, clock.times]).toEqual([1, [30_000]]);
  for (let look = 0; look < 4; look++) clock.fire(30_000);
  await until(() => serve.connections === 0);
  expect([abortions, clock.times]).toEqual([1, []]);
});

it('a client that leaves while it is dialled for is noticed at once, and the dial given up', async () => {
  const calls: string[] = [];
  const silent = { name: 'silent', capabilities: tcp.capabilities, connect: () => ({ close: () => calls.push('close') }) } as unknown as Transport;
  const clock = new Clock();
  const { local, serve } = await proxyOn(tcp, { over: silent, policy: { default: 'allow' }, clock });
  const client = await raw(local.port);
  client.write(Buffer.concat([asking(80), Buffer.alloc(10_000)]));
  await until(() => clock.times.includes(20_000));
  client.resetAndDestroy();
  await until(() => serve.connections === 0);
  expect([calls, clock.times]).toEqual([['close'], []]);
});

it('both sides are told not to gather, and to look whether the other is still there', async () => {
  const calls: string[] = [];
  const watch = (connection: Connection, name: string): Connection => {
    const [noDelay, keepAlive] = [connection.setNoDelay!.bind(connection), connection.setKeepAlive!.bind(connection)];
    connection.setNoDelay = (on) => { calls.push(`${name} noDelay ${on}`); noDelay(on); };
    connection.setKeepAlive = (on, delay) => { calls.push(`${name} keepAlive ${on} ${delay}`); keepAlive(on, delay); };
    return connection;
  };
  const over = { ...tcp, name: 'watched', capabilities: tcp.capabilities, connect: (...args: Parameters<typeof tcp.connect>) => watch(tcp.connect(...args), 'far') };
  const far = await scripted(() => {});
  const listening: Transport = {
    name: 'watched', capabilities: tcp.capabilities, connect: tcp.connect.bind(tcp),
    listen: (endpoint, acceptor, options) => tcp.listen!(endpoint, {
      onListening: () => { acceptor.onListening(); },
      onConnection: (connection) => { acceptor.onConnection(watch(connection, 'client')); },
      onAcceptError: (error) => { acceptor.onAcceptError(error); },
      onClose: (error) => { acceptor.onClose(error); },
    }, options),
  };
  const { local } = await proxyOn(listening, { over, policy: { default: 'allow' } });
  const client = await raw(local.port);
  client.write(asking(far.port));
  await bytesOf(client, 12);
  expect(calls).toEqual(['client noDelay true', 'client keepAlive true 60000', 'far noDelay true', 'far keepAlive true 60000']);
});

it('a stream that fails and does not go by itself is closed', async () => {
  const serve = socksServer({ over: tcp });
  const [client, served] = duplexPair({ autoDestroy: false });
  client.on('error', () => {});
  serve(served);
  served.emit('error', new Error('broken'));
  await once(served, 'close');
  expect([served.destroyed, serve.connections]).toEqual([true, 0]);
});

it('a policy that fails lets nobody pass, wherever it is asked from', async () => {
  const broken = { allow: [], deny: [], default: 'allow', check: () => { throw new Error('broken'); } } as never;
  const lookups: Lookup[] = [
    (_, __, answer) => { answer(null, [{ address: '127.0.0.1', family: 4 }]); },
    (_, __, answer) => { setImmediate(() => { answer(null, [{ address: '127.0.0.1', family: 4 }]); }); },
  ];
  for (const lookup of lookups) {
    for (const place of [[1, 127, 0, 0, 1], [3, 1, 97]]) {
      const { local } = await proxyOn(tcp, { over: tcp, policy: broken, lookup });
      const client = await raw(local.port);
      client.write(Uint8Array.from([5, 1, 0, 5, 1, 0, ...place, 0, 80]));
      expect([...await bytesOf(client, 12)].slice(0, 4)).toEqual([5, 0, 5, 2]);
    }
  }
});
