import net from 'node:net';
import { tcp } from '@netstrata/transport-tcp';
import { describe, expect, it } from 'vitest';
import { Clock } from './support/clock.js';
import { bytesOf, connect } from './support/dial.js';
import { socks } from '../src/index.js';
import { proxyOn } from './support/proxy.js';
import { raw, scripted } from './support/scripted.js';
import { until } from './support/until.js';

/** Closed, or reset: up to libuv 1.51 node:net takes a reset behind bytes for an end. */
const closed = (socket: net.Socket): Promise<unknown> =>
  new Promise((resolve) => socket.on('error', () => {}).once('end', resolve).once('close', resolve).resume());

/** How much of an endless stream goes out before the receiver has to stop it. */
async function flood(socket: net.Socket): Promise<number> {
  const [piece, most] = [Buffer.alloc(65_536), 64 * 1024 * 1024];
  let sent = 0;
  const go = (): void => {
    if (sent < most && !socket.destroyed) socket.write(piece, (error) => { if (!error) { sent += piece.length; go(); } });
  };
  go();
  for (let before = -1; before !== sent;) {
    before = sent;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return sent;
}

describe('too much of something', () => {
  it('clients beyond the most that there may be are closed at once, and places become free', async () => {
    const { local, serve } = await proxyOn(tcp, { over: tcp, maxConnections: 3 });
    const sockets = await Promise.all([1, 2, 3].map(() => raw(local.port)));
    await until(() => serve.connections === 3);
    const beyond = net.connect(local.port, '127.0.0.1');
    await closed(beyond);
    expect(serve.connections).toBe(3);
    sockets[0].destroy();
    await until(() => serve.connections === 2);
    const next = await raw(local.port);
    next.write(Uint8Array.of(5, 1, 0));
    await bytesOf(next, 2);
  });

  it('other protocols are closed at the first byte that is wrong', async () => {
    for (const said of ['GET / HTTP/1.1\r\n', '\x04', '\x05\x01\0\x04', '\x05\x01\0\x05\x01\0\x07', '\x05\x01\0\x05\x01\0\x02\x01']) {
      const { local, serve } = await proxyOn(tcp, { over: tcp });
      const socket = await raw(local.port);
      socket.write(Buffer.from(said, 'latin1'));
      await closed(socket);
      await until(() => serve.connections === 0);
    }
  });

  it('bytes behind a request wait in bounds while it is dialled for', async () => {
    const clock = new Clock();
    const silent = { name: 'silent', capabilities: tcp.capabilities, connect: () => ({ close() {} }) };
    const { local, serve } = await proxyOn(tcp, { over: silent as never, policy: { default: 'allow' }, clock });
    const socket = await raw(local.port);
    socket.resume().write(Uint8Array.of(5, 1, 0, 5, 1, 0, 1, 127, 0, 0, 1, 0, 80));
    expect(await flood(socket)).toBeLessThan(32 * 1024 * 1024);
    socket.destroy();
    clock.fire(20_000);
    await until(() => serve.connections === 0);
    expect(clock.times).toEqual([]);
  });

  it('bytes while a password is judged likewise', async () => {
    const clock = new Clock();
    const { local, serve } = await proxyOn(tcp, { over: tcp, authenticate: () => new Promise(() => {}), clock });
    const socket = await raw(local.port);
    socket.resume().write(Uint8Array.of(5, 1, 2, 1, 1, 65, 1, 65));
    expect(await flood(socket)).toBeLessThan(32 * 1024 * 1024);
    socket.destroy();
    clock.fire(10_000);
    await until(() => serve.connections === 0);
    expect(clock.times).toEqual([]);
  });

  it('no method, and every method, are greetings as well', async () => {
    const { local } = await proxyOn(tcp, { over: tcp });
    const none = await raw(local.port);
    none.write(Uint8Array.of(5, 0));
    expect([...(await bytesOf(none, 2))]).toEqual([5, 255]);
    const all = await raw(local.port);
    all.write(Uint8Array.from([5, 255, ...Array.from({ length: 255 }, (_, i) => i)]));
    expect([...(await bytesOf(all, 2))]).toEqual([5, 0]);
  });
});

it('of several addresses the first that connects is the client\'s: it gets one answer, and what lost is closed', async () => {
  const far = await scripted((socket) => socket.pipe(socket));
  const dialled: { address: string; closed: boolean }[] = [];
  const watching = {
    ...tcp,
    name: 'watching',
    capabilities: tcp.capabilities,
    connect(...[endpoint, sink, options]: Parameters<typeof tcp.connect>) {
      const one = { address: 'address' in endpoint ? endpoint.address : '', closed: false };
      dialled.push(one);
      const connection = tcp.connect(endpoint, sink, options);
      const close = connection.close.bind(connection);
      connection.close = () => {
        one.closed = true;
        close();
      };
      return connection;
    },
  };
  const { url } = await proxyOn(tcp, {
    over: watching, policy: { default: 'allow' },
    lookup: (_, __, callback) => { callback(null, ['127.0.0.9', '127.0.0.1', '127.0.0.8'].map((address) => ({ address, family: 4 }))); },
  });
  const { stream, connection } = await connect(socks(url, { over: tcp }), { host: 'a.example', port: far.port });
  expect(connection.local).toMatchObject({ address: '127.0.0.1' });
  stream.write('echo');
  expect((await bytesOf(stream, 4)).toString()).toBe('echo');
  expect(dialled).toEqual([{ address: '127.0.0.9', closed: true }, { address: '127.0.0.1', closed: false }]);
  stream.destroy();
});
