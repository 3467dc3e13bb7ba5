import { tcp } from '@netstrata/transport-tcp';
import { describe, expect, it } from 'vitest';
import { socks } from '../src/index.js';
import { Clock } from './support/clock.js';
import { bytesOf, connect, inet, textOf } from './support/dial.js';
import { proxyOn } from './support/proxy.js';
import { answering, scripted } from './support/scripted.js';

const granted = [5, 0, 0, 1, 0, 0, 0, 0, 0, 0];
const early = (port: number, more = {}, scheme = 'socks5') => socks(`${scheme}://127.0.0.1:${port}`, { over: tcp, early: true, ...more });
const failureOf = (stream: { once(event: 'error', listener: (error: Error) => void): unknown }) => new Promise<Error>((resolve) => stream.once('error', resolve));

describe('early: the first bytes go with the request', () => {
  it('in one flight with it, before the proxy has answered anything', async () => {
    const { port, sockets } = await scripted(() => {});
    const { connection, stream } = await connect(early(port), inet(80, '192.0.2.1'));
    stream.write('first');
    expect(connection.bytesWritten).toBe(5);
    const said = await bytesOf(sockets[0], 18);
    expect(said.toString('latin1')).toBe('\x05\x01\0\x05\x01\0\x01\xc0\0\x02\x01\0\x50first');
    sockets[0].write(Uint8Array.from([5, 0, ...granted]));
    sockets[0].end('answer');
    expect(await textOf(stream)).toBe('answer');
    expect(connection.bytesRead).toBe(6);
    stream.end();
  });

  it('whatever pieces the answer comes in, the peer\'s bytes are what follows it', async () => {
    const { port, sockets } = await scripted(() => {});
    const { stream } = await connect(early(port), inet(80));
    stream.end('first');
    const text = textOf(stream);
    await bytesOf(sockets[0], 18);
    for (const byte of [5, 0, ...granted, ...Buffer.from('answer')]) {
      await new Promise<void>((resolve) => sockets[0].write(Uint8Array.of(byte), () => setImmediate(resolve)));
    }
    sockets[0].end();
    expect(await text).toBe('answer');
  });

  it('a refusal comes later, as the error of the connection that stood', async () => {
    const { port } = await answering(Uint8Array.from([5, 0, 5, 5, 0, 1, 0, 0, 0, 0, 0, 0]));
    const { stream } = await connect(early(port), inet(80, '192.0.2.1'));
    expect(await failureOf(stream)).toMatchObject({ code: 'ECONNREFUSED', syscall: 'connect', address: '192.0.2.1', port: 80 });
  });

  it('so does that the proxy is gone, or says nothing', async () => {
    const gone = await scripted((socket) => socket.once('data', () => socket.end()));
    expect(await failureOf((await connect(early(gone.port), inet(80))).stream)).toMatchObject({ code: 'ECONNRESET', syscall: 'connect' });
    const silent = await scripted(() => {});
    const clock = new Clock();
    const { stream } = await connect(early(silent.port, { clock, timeout: 300 }), inet(80));
    const failure = failureOf(stream);
    clock.fire(300);
    expect(await failure).toMatchObject({ code: 'ETIMEDOUT', syscall: 'connect', port: 80 });
    expect(clock.times).toEqual([]);
  });

  it('it may be closed before the answer, and leaves no timer', async () => {
    const { port } = await scripted(() => {});
    const clock = new Clock();
    const { stream } = await connect(early(port, { clock }), inet(80));
    stream.destroy();
    await new Promise((resolve) => stream.once('close', resolve));
    expect(clock.times).toEqual([]);
  });

  it('through a whole chain of our servers, to an end that answers what it got', async () => {
    const far = await scripted((socket) => socket.pipe(socket));
    const options = { over: tcp, policy: { default: 'allow' } } as const;
    const proxies = [await proxyOn(tcp, options), await proxyOn(tcp, options)];
    const { stream } = await connect(socks(proxies.map(({ url }) => url), { over: tcp, early: true }), inet(far.port));
    stream.end('there and back');
    expect(await textOf(stream)).toBe('there and back');
  });

  it('with credentials likewise: they are said without being asked for', async () => {
    const far = await scripted((socket) => socket.pipe(socket));
    const { url } = await proxyOn(tcp, { over: tcp, policy: { default: 'allow' }, authenticate: (user) => user === 'me' });
    const { stream } = await connect(socks(url.replace('//', '//me:x@'), { over: tcp, early: true }), inet(far.port));
    stream.end('there and back');
    expect(await textOf(stream)).toBe('there and back');
    const other = await connect(socks(url.replace('//', '//you:x@'), { over: tcp, early: true }), inet(far.port));
    expect(await failureOf(other.stream)).toMatchObject({ code: 'EACCES' });
  });

  it('by SOCKS4A too, and not by HTTP, where they would be the next request', async () => {
    const four = await scripted(() => {});
    const { stream } = await connect(early(four.port, {}, 'socks4a'), { host: 'a.example', port: 80 });
    stream.write('first');
    expect((await bytesOf(four.sockets[0], 24)).toString('latin1')).toBe('\x04\x01\0\x50\0\0\0\x01\0a.example\0first');
    stream.destroy();
    const http = await answering('HTTP/1.1 403 No\r\n\r\n');
    await expect(connect(early(http.port, {}, 'http'), inet(80))).rejects.toMatchObject({ code: 'EACCES', status: 403 });
  });
});
