import { once } from 'node:events';
import net from 'node:net';
import { Duplex } from '@netstrata/stream-core';
import type { Connection, InetEndpoint, Listener, ListenEndpoint, NameEndpoint, SystemError, Transport } from '@netstrata/transport';
import { tcp } from '@netstrata/transport-tcp';
import { describe, expect, it } from 'vitest';
import { socks } from '../src/index.js';
import { Clock } from './support/clock.js';
import { bytesOf, inet, textOf } from './support/dial.js';
import { LOOPBACK, proxyOn } from './support/proxy.js';
import { answering, raw, scripted } from './support/scripted.js';

const everywhere = { over: tcp, policy: { default: 'allow' }, bind: true } as const;

interface Listening {
  readonly listener: Listener;
  readonly events: string[];
  readonly connections: Connection[];
  /** The next event of that name. */
  next(event: 'listening' | 'connection' | 'close'): Promise<SystemError | null>;
}

function listen(transport: Transport, endpoint: ListenEndpoint | NameEndpoint = LOOPBACK): Listening {
  const [events, connections, waiting]: [string[], Connection[], [string, (error: SystemError | null) => void][]] = [[], [], []];
  const tell = (event: string, error: Error | null = null): void => {
    events.push(event);
    for (const [name, resolve] of waiting) if (name === event) resolve(error as SystemError | null);
  };
  const listener = transport.listen!(endpoint, {
    onListening: () => { tell('listening'); },
    onConnection: (connection) => {
      connections.push(connection);
      tell('connection');
    },
    onAcceptError: () => { tell('acceptError'); },
    onClose: (error) => { tell('close', error); },
  });
  return { listener, events, connections, next: (event) => new Promise((resolve) => waiting.push([event, resolve])) };
}

const portOf = ({ listener }: Listening): number => (listener.local as InetEndpoint).port;
const reply = (port: number, code = 0, address = [127, 0, 0, 1]) => Uint8Array.from([5, code, 0, 1, ...address, port >> 8, port & 255]);

describe('listening at the far end', () => {
  it('gives one connection after the other on one port, with what they sent first', async () => {
    const { url } = await proxyOn(tcp, everywhere);
    const listening = listen(socks(url, { over: tcp }));
    await listening.next('listening');
    for (const text of ['one', 'two', 'three']) {
      const next = listening.next('connection');
      const peer = net.connect(portOf(listening), '127.0.0.1');
      peer.end(text);
      await next;
      const connection = listening.connections.at(-1)!;
      expect(connection.local).toEqual(listening.listener.local);
      expect(connection.remote).toEqual(inet(peer.localPort!));
      const stream = new Duplex(connection);
      expect(await textOf(stream)).toBe(text);
      stream.end();
      peer.resume();
      await once(peer, 'close');
    }
    listening.listener.close();
    expect(await listening.next('close')).toBe(null);
  });

  it('a port that is taken is EADDRINUSE', async () => {
    const { url } = await proxyOn(tcp, everywhere);
    const { port } = await scripted(() => {});
    const listening = listen(socks(url, { over: tcp }), inet(port));
    expect(await listening.next('close')).toMatchObject({ code: 'EADDRINUSE', syscall: 'listen', address: '127.0.0.1', port, message: `listen EADDRINUSE: address already in use 127.0.0.1:${port}` });
    expect(listening.events).toEqual(['close']);
  });

  it('another port than the one that was asked for is EADDRNOTAVAIL', async () => {
    const { port } = await answering(Uint8Array.of(5, 0), reply(7777));
    const listening = listen(socks(`socks5://127.0.0.1:${port}`, { over: tcp, clock: firing() }), inet(7778));
    expect(await listening.next('close')).toMatchObject({ code: 'EADDRNOTAVAIL', syscall: 'listen', port: 7778 });
    expect(listening.events).toEqual(['close']);
  });

  it('a proxy that gives the port only once serves one connection, which lives on', async () => {
    let times = 0;
    const { port } = await scripted((socket) => {
      const isFirst = ++times === 1;
      socket.once('data', () => {
        socket.write(Uint8Array.of(5, 0));
        socket.once('data', () => {
          socket.write(reply(isFirst ? 7000 : 7001));
          if (isFirst) socket.write(Buffer.concat([reply(9999, 0, [192, 0, 2, 9]), Buffer.from('hello')]));
          socket.once('end', () => socket.end());
        });
      });
    });
    const listening = listen(socks(`socks5://127.0.0.1:${port}`, { over: tcp }));
    const [connected, closed] = [listening.next('connection'), listening.next('close')];
    await connected;
    expect(await closed).toMatchObject({ code: 'EADDRNOTAVAIL', port: 7000 });
    expect(listening.events).toEqual(['listening', 'connection', 'close']);
    const [connection] = listening.connections;
    expect([connection.local, connection.remote]).toEqual([inet(7000), inet(9999, '192.0.2.9')]);
    const stream = new Duplex(connection);
    expect((await bytesOf(stream, 5)).toString()).toBe('hello');
    stream.destroy();
  });

  it.each([[1, 0, 'ECONNABORTED'], [1, 7000, 'EADDRINUSE'], [2, 7000, 'EACCES'], [7, 0, 'EOPNOTSUPP']])('a refusal %i for port %i is %s', async (code, wished, errno) => {
    const { port } = await answering(Uint8Array.of(5, 0), reply(0, code));
    const listening = listen(socks(`socks5://127.0.0.1:${port}`, { over: tcp }), inet(wished));
    expect(await listening.next('close')).toMatchObject({ code: errno, syscall: 'listen' });
  });

  it('a proxy that is gone ends the listener with an error', async () => {
    const { port, sockets } = await answering(Uint8Array.of(5, 0), reply(7000));
    const listening = listen(socks(`socks5://127.0.0.1:${port}`, { over: tcp }));
    await listening.next('listening');
    sockets[0].end();
    expect(await listening.next('close')).toMatchObject({ code: 'ECONNRESET', syscall: 'listen' });
    const other = listen(socks('socks5://127.0.0.1:1', { over: tcp }));
    expect(await other.next('close')).toMatchObject({ code: 'ECONNREFUSED', syscall: 'connect', port: 1 });
  });

  it('waits for a connection as long as it takes, and for the proxy to stop listening no longer than that', async () => {
    const { port } = await answering(Uint8Array.of(5, 0), reply(7000));
    const clock = new Clock();
    const listening = listen(socks(`socks5://127.0.0.1:${port}`, { over: tcp, clock }));
    await listening.next('listening');
    expect(clock.times).toEqual([]);
    const closed = listening.next('close');
    listening.listener.close();
    expect(clock.times).toEqual([2000]);
    clock.fire(2000);
    expect(await closed).toBe(null);
    expect(clock.times).toEqual([]);
  });

  it('close while it fails tells null, once, and asks nothing more of the connection', async () => {
    const { port } = await answering(Uint8Array.of(5, 0), Uint8Array.from([...reply(7000), 9]));
    const calls: string[] = [];
    const over = watched((call) => {
      calls.push(call);
      if (call === 'close') failing.listener.close();
    });
    const failing = listen(socks(`socks5://127.0.0.1:${port}`, { over }));
    expect(await failing.next('close')).toBe(null);
    await new Promise((resolve) => setImmediate(resolve));
    expect([failing.events, calls]).toEqual([['listening', 'close'], ['close']]);
  });

  it('a name is resolved there', async () => {
    const { url } = await proxyOn(tcp, { ...everywhere, lookup: (_, __, callback) => { callback(null, [{ address: '127.0.0.7', family: 4 }]); } });
    const listening = listen(socks(url, { over: tcp }), { host: 'here.example', port: 0 });
    await listening.next('listening');
    expect(listening.listener.local).toMatchObject({ address: '127.0.0.7' });
    listening.listener.close();
    await listening.next('close');
  });

  it('on every address it tells the port', async () => {
    const { url } = await proxyOn(tcp, everywhere);
    const listening = listen(socks(url, { over: tcp }), { port: 0 });
    await listening.next('listening');
    const peer = net.connect(portOf(listening), '127.0.0.1');
    await listening.next('connection');
    peer.destroy();
    listening.connections[0].close();
    listening.listener.close();
    await listening.next('close');
  });
});

describe('a server with BIND', () => {
  const bound = (socket: net.Socket, port: number, who?: string): void => {
    const greeting = who === undefined ? [5, 1, 0] : [5, 1, 2, 1, 1, ...Buffer.from(who), 1, 65];
    socket.write(Uint8Array.from([...greeting, 5, 2, 0, 1, 127, 0, 0, 1, port >> 8, port & 255]));
  };

  it('has none where it was not allowed', async () => {
    const { local } = await proxyOn(tcp, { over: tcp });
    const socket = await raw(local.port);
    bound(socket, 0);
    expect((await bytesOf(socket, 12))[3]).toBe(7);
  });

  it('has it where it was allowed', async () => {
    const { local } = await proxyOn(tcp, { over: tcp, bind: { allow: ['127.0.0.1:20000-20010'] } });
    const socket = await raw(local.port);
    bound(socket, 20_011);
    expect((await bytesOf(socket, 12))[3]).toBe(2);
  });

  it('gives the port of one user to no other, also not in the moment between two connections', async () => {
    const { local, serve } = await proxyOn(tcp, { ...everywhere, authenticate: () => true });
    const mine = await raw(local.port);
    bound(mine, 0, 'a');
    const port = (await bytesOf(mine, 14)).readUInt16BE(12);
    const first = await raw(port);
    await bytesOf(mine, 10);
    // Somebody connects before the next BIND.
    const second = await raw(port);
    second.write('for a only');
    const theirs = await raw(local.port);
    bound(theirs, port, 'b');
    expect((await bytesOf(theirs, 14))[5]).toBe(5);
    const again = await raw(local.port);
    bound(again, port, 'a');
    expect((await bytesOf(again, 34)).subarray(24).toString()).toBe('for a only');
    for (const socket of [first, second, mine, again, theirs]) socket.destroy();
    while (serve.connections > 0) await new Promise((resolve) => setImmediate(resolve));
  });

  it('lets a port go when its client does not ask for it again, and resets who has waited', async () => {
    const clock = new Clock();
    const { local } = await proxyOn(tcp, { ...everywhere, clock });
    const mine = await raw(local.port);
    bound(mine, 0);
    const port = (await bytesOf(mine, 12)).readUInt16BE(10);
    await raw(port);
    await bytesOf(mine, 10);
    const waits = await raw(port);
    const reset = once(waits, 'error');
    waits.resume();
    await new Promise((resolve) => setImmediate(resolve));
    clock.fire(5000);
    expect((await reset)[0]).toMatchObject({ code: 'ECONNRESET' });
    const refused = net.connect(port, '127.0.0.1');
    expect((await once(refused, 'error'))[0]).toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('lets a port go with its client', async () => {
    const { local } = await proxyOn(tcp, everywhere);
    for (const leave of [(socket: net.Socket) => socket.resetAndDestroy(), (socket: net.Socket) => socket.end()]) {
      const mine = await raw(local.port);
      bound(mine, 0);
      const port = (await bytesOf(mine, 12)).readUInt16BE(10);
      leave(mine);
      for (let isFree = false; !isFree;) {
        const probe = net.connect(port, '127.0.0.1');
        isFree = await new Promise((resolve) => probe.once('error', () => { resolve(true); }).once('connect', () => { resolve(false); }));
        probe.destroy();
      }
    }
  });
});

/** TCP that tells when a connection is closed or shut down by who has it. */
function watched(called: (call: 'close' | 'shutdown') => void): Transport {
  return {
    name: 'watched',
    capabilities: tcp.capabilities,
    connect(...args) {
      const connection = tcp.connect(...args);
      for (const call of ['close', 'shutdown'] as const) {
        const original = connection[call].bind(connection);
        connection[call] = () => {
          original();
          called(call);
        };
      }
      return connection;
    },
  };
}

/** Timers that fire in the next turn: for a server that says nothing. */
function firing(): { setTimeout(task: () => void, milliseconds: number): unknown; clearTimeout(timer: unknown): void } {
  return { setTimeout: (task, milliseconds) => (milliseconds === 2000 ? setImmediate(task) : null), clearTimeout: (timer) => { if (timer !== null) clearImmediate(timer as NodeJS.Immediate); } };
}
