import type { Socket } from 'node:net';
import { tcp } from '@netstrata/transport-tcp';
import { describe, expect, it } from 'vitest';
import type { Lookup } from '../src/index.js';
import { socks } from '../src/index.js';
import { connect, errorOf, inet, outcomeOf } from './support/dial.js';
import { proxyOn } from './support/proxy.js';
import { scripted } from './support/scripted.js';

const found = (...addresses: string[]): Lookup => (_, __, callback) => {
  callback(null, addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
};

describe('a proxy whose name is looked up here', () => {
  it('is tried at all its addresses in turn', async () => {
    const far = await scripted(() => {});
    const { local } = await proxyOn(tcp, { over: tcp, policy: { default: 'allow' } });
    const asked: unknown[] = [];
    const lookup: Lookup = (host, options, callback) => {
      asked.push([host, options]);
      found('127.0.0.9', 'nonsense', '127.0.0.9', '127.0.0.8', '127.0.0.1')(host, options, callback);
    };
    const { connection } = await connect(socks(`socks5://proxy.example:${local.port}`, { over: tcp, lookup }), inet(far.port));
    expect(asked).toEqual([['proxy.example', { all: true }]]);
    expect(connection.remote).toEqual(inet(far.port));
    connection.close();
  });

  it('is found by the runtime where no look-up is given', async () => {
    const far = await scripted(() => {});
    const { local } = await proxyOn(tcp, { over: tcp, policy: { default: 'allow' } });
    const { connection } = await connect(socks(`socks5://localhost:${local.port}`, { over: tcp }), inet(far.port));
    connection.close();
  });

  it('that nobody can be reached at is the error of the last attempt', async () => {
    const transport = socks('socks5://proxy.example:1', { over: tcp, lookup: found('127.0.0.8', '127.0.0.9') });
    expect(await errorOf(transport, inet(80))).toMatchObject({ code: 'ECONNREFUSED', address: '127.0.0.9', port: 1 });
  });

  it('that nobody knows is what the resolver says, or ENOTFOUND', async () => {
    const dns = Object.assign(new Error('getaddrinfo EAI_AGAIN proxy.example'), { code: 'EAI_AGAIN', errno: -3001, syscall: 'getaddrinfo' });
    const lookups: [Lookup, unknown][] = [
      [(_, __, callback) => { callback(dns, []); }, dns],
      [(_, __, callback) => { callback(new Error('odd'), []); }, expect.objectContaining({ code: 'ENOTFOUND', syscall: 'getaddrinfo', address: 'proxy.example' })],
      [() => { throw new Error('odd'); }, expect.objectContaining({ code: 'ENOTFOUND', syscall: 'getaddrinfo' })],
      [found(), expect.objectContaining({ code: 'ENOTFOUND' })],
      [(_, __, callback) => { callback(null, null as never); }, expect.objectContaining({ code: 'ENOTFOUND' })],
    ];
    for (const [lookup, error] of lookups) {
      expect(await errorOf(socks('socks5://proxy.example', { over: tcp, lookup }), inet(80))).toEqual(error);
    }
  });

  it('whose look-up answers twice is dialled once', async () => {
    const { port, sockets } = await scripted((socket) => socket.end());
    const lookup: Lookup = (host, options, callback) => {
      found('127.0.0.1')(host, options, callback);
      found('127.0.0.1')(host, options, callback);
    };
    await errorOf(socks(`socks5://proxy:${port}`, { over: tcp, lookup }), inet(80));
    expect(sockets.length).toBe(1);
  });

  it('is not dialled any more when the caller has closed', async () => {
    const { port, sockets } = await scripted(() => {});
    let answer = (): void => {};
    const lookup: Lookup = (host, options, callback) => { answer = () => { found('127.0.0.1')(host, options, callback); }; };
    const transport = socks(`socks5://proxy:${port}`, { over: tcp, lookup });
    expect(await outcomeOf(transport, inet(80), (connection) => { connection.close(); })).toEqual({ error: null });
    answer();
    expect(await outcomeOf(socks(`socks5://proxy:${port}`, { over: tcp, lookup: found('127.0.0.1') }), inet(80), (connection) => { connection.abort(); })).toEqual({ error: null });
    // Whatever has come of the one that was dialled is over.
    await new Promise((resolve) => setImmediate(resolve));
    const isOver = (socket: Socket): Promise<unknown> => new Promise((resolve) => socket.resume().once('end', resolve).once('close', resolve));
    await Promise.all(sockets.filter(({ readableEnded, destroyed }) => !readableEnded && !destroyed).map(isOver));
  });
});
