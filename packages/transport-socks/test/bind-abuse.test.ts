import { once } from 'node:events';
import net from 'node:net';
import { Duplex as Stream, PassThrough } from 'node:stream';
import type { Acceptor, InetEndpoint, Listener, Transport } from '@netstrata/transport';
import { systemError } from '@netstrata/transport';
import { tcp } from '@netstrata/transport-tcp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { socks } from '../src/index.js';
import { socksServer } from '../src/server/index.js';
import { Clock } from './support/clock.js';
import { bytesOf, inet, textOf } from './support/dial.js';
import { proxyOn } from './support/proxy.js';
import { answering, raw } from './support/scripted.js';
import { until } from './support/until.js';

const everywhere = { over: tcp, policy: { default: 'allow' }, bind: true } as const;

const asking = (port: number): Uint8Array => Uint8Array.from([5, 1, 0, 5, 2, 0, 1, 127, 0, 0, 1, port >> 8, port & 255]);

/** The port that the server has given. */
const portIn = (answer: Buffer): number => answer.readUInt16BE(10);

async function rawFrom(localAddress: string, port: number): Promise<net.Socket> {
  const socket = net.connect({ port, host: '127.0.0.1', localAddress, allowHalfOpen: true, noDelay: true });
  socket.on('error', () => {});
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

/** Whether somebody listens there, however long that takes to end. */
async function untilRefused(port: number): Promise<void> {
  for (;;) {
    const probe = net.connect(port, '127.0.0.1');
    const isFree = await new Promise((resolve) => probe.once('error', () => { resolve(true); }).once('connect', () => { resolve(false); }));
    probe.destroy();
    if (isFree === true) return;
  }
}

/** Listens until the test says that it has failed. */
function failing(): { listenOver: Transport; fail: () => void } {
  let acceptor: Acceptor | null = null;
  const listener = { local: inet(7000), close() {}, ref() {}, unref() {} } as Listener;
  const listenOver = {
    name: 'failing',
    capabilities: tcp.capabilities,
    connect: tcp.connect.bind(tcp),
    listen: (_: unknown, given: Acceptor) => {
      acceptor = given;
      queueMicrotask(() => { given.onListening(); });
      return listener;
    },
  };
  return { listenOver, fail: () => { acceptor!.onClose(systemError({ code: 'ETIMEDOUT', syscall: 'listen' })); } };
}

describe('a port that is kept for the next BIND', () => {
  it('is not given to a client at another address, whatever stream it comes on', async () => {
    const { local } = await proxyOn(tcp, everywhere);
    const mine = await rawFrom('127.0.0.1', local.port);
    mine.write(asking(0));
    const port = portIn(await bytesOf(mine, 12));
    await raw(port);
    await bytesOf(mine, 10);
    (await raw(port)).write('not for others');
    const theirs = await rawFrom('127.0.0.2', local.port);
    theirs.write(asking(port));
    expect([...await bytesOf(theirs, 12)].slice(0, 4)).toEqual([5, 0, 5, 5]);
    const again = await rawFrom('127.0.0.1', local.port);
    again.write(asking(port));
    expect((await bytesOf(again, 36)).subarray(22).toString()).toBe('not for others');
  });

  it('is kept for nobody where nobody knows who the client is', async () => {
    const serve = socksServer(everywhere);
    const [there, back] = [new PassThrough(), new PassThrough()];
    const stream = new Stream({
      read: () => {},
      write: (chunk: Buffer, _, done) => void back.write(chunk, done),
      final: (done) => void back.end(done),
    });
    there.on('data', (chunk) => stream.push(chunk));
    serve(stream);
    there.write(asking(0));
    const port = portIn(await bytesOf(back, 12));
    await raw(port);
    await untilRefused(port);
    stream.destroy();
  });

  it('is one of no more than there may be clients, and so many connections wait at all of them together', async () => {
    const { local, serve } = await proxyOn(tcp, { ...everywhere, maxConnections: 1 });
    const open = async (): Promise<number> => {
      const client = await raw(local.port);
      client.write(asking(0));
      const port = portIn(await bytesOf(client, 12));
      await raw(port);
      await bytesOf(client, 10);
      client.resetAndDestroy();
      await until(() => serve.connections === 0);
      return port;
    };
    const [kept, given] = [await open(), await open()];
    await untilRefused(given);
    const waits = await raw(kept);
    waits.write('waits');
    const beyond = net.connect(kept, '127.0.0.1').resume();
    await new Promise((resolve) => beyond.on('error', () => {}).once('close', resolve));
    const again = await raw(local.port);
    again.write(asking(kept));
    expect((await bytesOf(again, 27)).subarray(22).toString()).toBe('waits');
  });
});

describe('a BIND that waits', () => {
  it('outlives neither its listener nor its client: a listener that fails is a refusal, and who leaves then leaves', async () => {
    for (const leave of [(socket: net.Socket) => socket.end(), (socket: net.Socket) => socket.end('x'), (socket: net.Socket) => socket.resetAndDestroy()]) {
      const { listenOver, fail } = failing();
      const { local, serve } = await proxyOn(tcp, { ...everywhere, listenOver });
      const socket = await raw(local.port);
      socket.write(asking(0));
      expect(portIn(await bytesOf(socket, 12))).toBe(7000);
      fail();
      expect([...(await bytesOf(socket, 10))].slice(0, 2)).toEqual([5, 6]);
      leave(socket);
      await until(() => serve.connections === 0);
    }
  });

  it('is over when its client ends, also behind bytes for whoever would have connected', async () => {
    const { local, serve } = await proxyOn(tcp, everywhere);
    const socket = await raw(local.port);
    socket.write(asking(0));
    const port = portIn(await bytesOf(socket, 12));
    for (let i = 0; i < 3; i++) socket.write('some bytes');
    socket.end('and an end');
    await untilRefused(port);
    socket.resume();
    await until(() => serve.connections === 0);
  });

  it('keeps those bytes for whoever connects, in order, and stops a client that sends without end', async () => {
    const { local } = await proxyOn(tcp, everywhere);
    const socket = await raw(local.port);
    socket.write(asking(0));
    const port = portIn(await bytesOf(socket, 12));
    const bytes = Buffer.from(Array.from({ length: 400_000 }, (_, i) => i % 251));
    for (let at = 0; at < bytes.length; at += 10_000) {
      socket.write(bytes.subarray(at, at + 10_000));
      await new Promise((resolve) => setImmediate(resolve));
    }
    const peer = await raw(port);
    expect((await bytesOf(peer, bytes.length)).equals(bytes)).toBe(true);
  });

  it('waits no longer than `bindTimeout`, and the port is free when the client hears of it', async () => {
    const clock = new Clock();
    const { local, serve } = await proxyOn(tcp, { ...everywhere, clock, bindTimeout: 7777 });
    const socket = await raw(local.port);
    socket.write(asking(0));
    const port = portIn(await bytesOf(socket, 12));
    clock.fire(7777);
    expect([...(await bytesOf(socket, 10))].slice(0, 2)).toEqual([5, 6]);
    await untilRefused(port);
    socket.end();
    await until(() => serve.connections === 0);
    expect(clock.times).toEqual([]);
  });

  it('has no such timer once somebody has connected', async () => {
    const clock = new Clock();
    const { local } = await proxyOn(tcp, { ...everywhere, clock, bindTimeout: 7777 });
    const socket = await raw(local.port);
    socket.write(asking(0));
    const peer = await raw(portIn(await bytesOf(socket, 12)));
    await bytesOf(socket, 10);
    expect(clock.times).toEqual([5000]);
    peer.end('hello');
    expect(await textOf(socket)).toBe('hello');
  });

  it('that was for a name is refused when the resolver does not answer', async () => {
    const clock = new Clock();
    const { local } = await proxyOn(tcp, { ...everywhere, clock, lookup: () => {} });
    const socket = await raw(local.port);
    socket.write(Uint8Array.from([5, 1, 0, 5, 2, 0, 3, 1, 97, 0, 0]));
    await bytesOf(socket, 2);
    await until(() => clock.times.includes(20_000));
    clock.fire(20_000);
    expect([...(await bytesOf(socket, 10))].slice(0, 2)).toEqual([5, 4]);
  });
});

it.each([1, 80, 1023])('a client does not listen on port %i, one of services, unless a policy says so', async (port) => {
  const replyTo = async (options: Parameters<typeof proxyOn>[1]): Promise<number> => {
    const { local } = await proxyOn(tcp, options);
    const socket = await raw(local.port);
    socket.write(asking(port));
    return (await bytesOf(socket, 12))[3];
  };
  const { listenOver } = failing();
  expect(await replyTo({ ...everywhere, listenOver })).toBe(2);
  expect(await replyTo({ ...everywhere, listenOver, bind: { allow: ['127.0.0.1'] } })).toBe(0);
});

it('a proxy that says that it listens on port 0 does not listen', async () => {
  const { port } = await answering(Uint8Array.of(5, 0), Uint8Array.of(5, 0, 0, 1, 127, 0, 0, 1, 0, 0));
  const error = await new Promise((resolve) => {
    const events: InetEndpoint[] = [];
    socks(`socks5://127.0.0.1:${port}`, { over: tcp }).listen!(inet(0), {
      onListening: () => { events.push(inet(0)); },
      onConnection: () => {},
      onAcceptError: () => {},
      onClose: (reason) => { resolve([events, reason]); },
    });
  });
  expect(error).toEqual([[], expect.objectContaining({ code: 'EPROTO', syscall: 'listen' })]);
});
