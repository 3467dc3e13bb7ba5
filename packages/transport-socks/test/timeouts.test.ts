import { tcp } from '@netstrata/transport-tcp';
import { describe, expect, it } from 'vitest';
import { socks } from '../src/index.js';
import { Clock } from './support/clock.js';
import { bytesOf, errorOf, inet, outcomeOf } from './support/dial.js';
import { proxyOn } from './support/proxy.js';
import { raw, scripted } from './support/scripted.js';
import { until } from './support/until.js';

describe('a dial through a proxy', () => {
  it('that does not answer is ETIMEDOUT, with the endpoint, and nothing is left', async () => {
    const { port, sockets } = await scripted((socket) => socket.resume());
    const clock = new Clock();
    const error = errorOf(socks(`socks5://127.0.0.1:${port}`, { over: tcp, timeout: 400, clock }), inet(80, '192.0.2.1'));
    await until(() => sockets.length === 1);
    clock.fire(400);
    expect(await error).toMatchObject({ code: 'ETIMEDOUT', syscall: 'connect', address: '192.0.2.1', port: 80 });
    expect(clock.times).toEqual([]);
    await new Promise((resolve) => (sockets[0].readableEnded ? resolve(0) : sockets[0].once('end', resolve)));
  });

  it('whose proxy cannot be found in time is ETIMEDOUT, and a late answer starts nothing', async () => {
    const { port, sockets } = await scripted(() => {});
    let answer = (_: null, __: { address: string; family: number }[]): void => {};
    const clock = new Clock();
    const transport = socks(`socks5://proxy:${port}`, { over: tcp, timeout: 400, clock, lookup: (_, __, callback) => { answer = callback; } });
    const error = errorOf(transport, inet(80));
    clock.fire(400);
    expect(await error).toMatchObject({ code: 'ETIMEDOUT', port: 80 });
    answer(null, [{ address: '127.0.0.1', family: 4 }]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(sockets).toEqual([]);
  });

  it('has no timer once it stands, nor when it was closed before', async () => {
    const far = await scripted(() => {});
    const { url } = await proxyOn(tcp, { over: tcp, policy: { default: 'allow' } });
    const clock = new Clock();
    const transport = socks(url, { over: tcp, clock });
    const outcome = await outcomeOf(transport, inet(far.port));
    expect(clock.times).toEqual([]);
    if ('stream' in outcome) outcome.stream.destroy();
    expect(await outcomeOf(transport, inet(far.port), (connection) => { connection.close(); })).toEqual({ error: null });
    expect(clock.times).toEqual([]);
  });
});

describe('a client of the server', () => {
  it('that says nothing, or one byte after the other, is dropped in time', async () => {
    for (const said of [[], [5], [5, 1, 0, 5, 1, 0, 1, 127]]) {
      const clock = new Clock();
      const { local, serve } = await proxyOn(tcp, { over: tcp, clock, timeout: 600 });
      const socket = await raw(local.port);
      for (const byte of said) socket.write(Uint8Array.of(byte));
      if (said.length > 3) await bytesOf(socket, 2);
      await until(() => serve.connections === 1);
      expect(clock.times).toEqual([600]);
      clock.fire(600);
      await new Promise((resolve) => socket.once('close', resolve));
      expect([serve.connections, clock.times]).toEqual([0, []]);
    }
  });

  it('that was refused and stays is dropped', async () => {
    const clock = new Clock();
    const { local, serve } = await proxyOn(tcp, { over: tcp, clock });
    const socket = await raw(local.port);
    socket.write(Uint8Array.of(5, 1, 0, 5, 3, 0, 1, 127, 0, 0, 1, 0, 80));
    expect([...(await bytesOf(socket, 12))]).toEqual([5, 0, 5, 7, 0, 1, 0, 0, 0, 0, 0, 0]);
    expect(serve.connections).toBe(1);
    clock.fire(2000);
    await until(() => serve.connections === 0);
    expect(clock.times).toEqual([]);
  });

  it('gets ETIMEDOUT for a host that does not answer, and all that was dialled is closed', async () => {
    const closed: string[] = [];
    const silent = { name: 'silent', capabilities: tcp.capabilities, connect: ({ address }: { address: string }) => ({ close: () => closed.push(address) }) };
    const clock = new Clock();
    const lookup = (_: string, __: unknown, answer: (error: null, addresses: { address: string; family: number }[]) => void): void => {
      answer(null, [{ address: '192.0.2.1', family: 4 }, { address: '192.0.2.2', family: 4 }]);
    };
    const { url, serve } = await proxyOn(tcp, { over: silent as never, lookup, policy: { default: 'allow' }, clock, dialTimeout: 900 });
    const error = errorOf(socks(url, { over: tcp }), { host: 'a.example', port: 80 });
    await until(() => clock.times.includes(450));
    clock.fire(450);
    expect(closed).toEqual(['192.0.2.1']);
    clock.fire(450);
    expect(await error).toMatchObject({ code: 'ETIMEDOUT', address: 'a.example' });
    expect(closed).toEqual(['192.0.2.1', '192.0.2.2']);
    await until(() => serve.connections === 0);
    expect(clock.times).toEqual([]);
  });

  it('whose connection is idle is reset at both ends, and bytes keep it', async () => {
    const far = await scripted((socket) => socket.resume());
    const clock = new Clock();
    const { url, serve } = await proxyOn(tcp, { over: tcp, policy: { default: 'allow' }, clock, idleTimeout: 4000 });
    const outcome = await outcomeOf(socks(url, { over: tcp }), inet(far.port));
    if (!('stream' in outcome)) throw new Error('not connected');
    const failure = new Promise<Error>((resolve) => outcome.stream.once('error', resolve).resume());
    await until(() => far.sockets.length === 1);
    const farFailure = new Promise<Error>((resolve) => far.sockets[0].once('error', resolve));
    for (let i = 0; i < 3; i++) clock.fire(1000);
    const before = far.sockets[0].bytesRead;
    outcome.stream.write('x');
    await until(() => far.sockets[0].bytesRead > before);
    for (let i = 0; i < 4; i++) clock.fire(1000);
    expect(serve.connections).toBe(1);
    clock.fire(1000);
    expect(await failure).toMatchObject({ code: 'ECONNRESET' });
    expect(await farFailure).toMatchObject({ code: 'ECONNRESET' });
    await until(() => serve.connections === 0);
    expect(clock.times).toEqual([]);
  });
});
