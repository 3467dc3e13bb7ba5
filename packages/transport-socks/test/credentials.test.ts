import { inspect } from 'node:util';
import { tcp } from '@netstrata/transport-tcp';
import { describe, expect, it } from 'vitest';
import { socks } from '../src/index.js';
import { socksServer, type Authenticate } from '../src/server/index.js';
import { Clock } from './support/clock.js';
import { bytesOf, connect, errorOf, inet, textOf } from './support/dial.js';
import { proxyOn } from './support/proxy.js';
import { answering, raw, scripted } from './support/scripted.js';

const server = (authenticate: Authenticate, more = {}) => proxyOn(tcp, { over: tcp, policy: { default: 'allow' }, authenticate, ...more });
const as = (url: string, who: string, more = {}) => socks(url.replace('//', `//${who}@`), { over: tcp, ...more });

describe('credentials', () => {
  it('are decoded from the URL, and judged with the address of the client', async () => {
    const far = await scripted((socket) => socket.end('hello'));
    const asked: unknown[] = [];
    const { url } = await server((...all) => asked.push(all) > 0);
    const { stream } = await connect(as(url, 'j%C3%B6rg:p%40ss%3Aword'), inet(far.port));
    expect(await textOf(stream)).toBe('hello');
    expect(asked).toEqual([['jörg', 'p@ss:word', { remote: { address: '127.0.0.1', port: expect.any(Number) as number } }]]);
    stream.end();
  });

  it('may be judged later, and count once', async () => {
    const far = await scripted((socket) => socket.end('hello'));
    const { url } = await server(async (_, password) => Promise.resolve(password === 'right'));
    const { stream } = await connect(as(url, 'u:right'), inet(far.port));
    expect(await textOf(stream)).toBe('hello');
    stream.end();
    expect(await errorOf(as(url, 'u:wrong'), inet(far.port))).toMatchObject({ code: 'EACCES', message: expect.stringContaining('does not accept the credentials') as string });
  });

  it('are refused by whatever is not true, by what throws and by what rejects', async () => {
    const judges: Authenticate[] = [
      () => false, () => 1 as never, () => undefined as never, () => Promise.resolve('yes') as never,
      () => { throw new Error('broken'); }, () => Promise.reject(new Error('broken')),
    ];
    for (const authenticate of judges) {
      const { url } = await server(authenticate);
      for (const more of [{}, { pipeline: true }]) {
        expect(await errorOf(as(url, 'u:p', more), inet(1))).toMatchObject({ code: 'EACCES', syscall: 'connect', port: 1 });
      }
    }
  });

  it('are asked for: without them nothing is dialled', async () => {
    const { url } = await server(() => true);
    const error = await errorOf(socks(url, { over: tcp }), inet(1));
    expect(error).toMatchObject({ code: 'EACCES', message: expect.stringContaining('the proxy asks for credentials') as string });
  });

  it('in one flight with everything else are judged before anything else is', async () => {
    const far = await scripted((socket) => socket.end('hello'));
    const { url } = await server(async (user) => Promise.resolve(user === 'good'));
    const { stream } = await connect(as(url, 'good:p', { pipeline: true }), inet(far.port));
    expect(await textOf(stream)).toBe('hello');
    stream.end();
    expect(await errorOf(as(url, 'bad:p', { pipeline: true }), inet(far.port))).toMatchObject({ code: 'EACCES' });
    expect(far.sockets.length).toBe(1);
  });

  it('that are no text are refused without being judged', async () => {
    let asked = 0;
    const { local } = await server(() => ++asked > 0);
    const socket = await raw(local.port);
    socket.write(Uint8Array.of(5, 1, 2, 1, 1, 0xff, 1, 65));
    expect([...await bytesOf(socket, 4)]).toEqual([5, 2, 1, 1]);
    expect(asked).toBe(0);
  });

  it('that take too long to be judged are of nobody', async () => {
    const clock = new Clock();
    let answer = (_: boolean): void => {};
    const { local, serve } = await server(() => new Promise((resolve) => { answer = resolve; }), { clock, timeout: 700 });
    const socket = await raw(local.port);
    socket.write(Uint8Array.of(5, 1, 2, 1, 1, 65, 1, 65));
    await bytesOf(socket, 2);
    expect(serve.connections).toBe(1);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    clock.fire(700);
    answer(true);
    await closed;
    expect([serve.connections, clock.times]).toEqual([0, []]);
  });

  it('are not said where the proxy does not ask', async () => {
    const { port, asked } = await answering(Uint8Array.of(5, 0), Uint8Array.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0));
    const { connection } = await connect(socks(`socks5://user:secret@127.0.0.1:${port}`, { over: tcp }), inet(80));
    expect(asked[0]).toEqual(Buffer.of(5, 2, 0, 2));
    expect(Buffer.concat(asked).includes('secret')).toBe(false);
    connection.close();
  });

  it('of 255 bytes in UTF-8 still fit, and no password is one', async () => {
    const far = await scripted((socket) => socket.end('hello'));
    const asked: string[][] = [];
    const { url } = await server((user, password) => asked.push([user, password]) > 0);
    const [user, password] = [`${'ä'.repeat(127)}x`, '\u{1F511}'.repeat(63) + 'abc'];
    const { stream } = await connect(as(url, `${encodeURIComponent(user)}:${encodeURIComponent(password)}`), inet(far.port));
    expect(await textOf(stream)).toBe('hello');
    stream.end();
    const { stream: second } = await connect(as(url, 'me'), inet(far.port));
    expect(await textOf(second)).toBe('hello');
    second.end();
    expect(asked).toEqual([[user, password], ['me', '']]);
    expect(() => as(url, `${encodeURIComponent(`${user}x`)}:p`)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }));
  });

  it('are shown nowhere', async () => {
    const { url } = await server(() => false);
    const transport = as(url, 'somebody:secret');
    const error = await errorOf(transport, inet(1));
    const connection = transport.connect(inet(1), { onConnect() {}, onClose() {}, onData() {}, onEnd() {}, onWriteDone() {}, onShutdownDone() {} });
    for (const shown of [error.message, error.stack, inspect(error), transport.name, inspect(transport, { depth: 9, showHidden: true }), inspect(connection, { depth: 9, showHidden: true }), JSON.stringify(transport)]) {
      expect(shown).not.toMatch(/secret|somebody/);
    }
    connection.close();
    // A URL in the wrong place.
    for (const wrong of [() => socks('socks5://p', { over: 'socks5://somebody:secret@p' as never }), () => socks('socks5://p', 'socks5://somebody:secret@p' as never), () => socksServer({ over: 'socks5://somebody:secret@p' as never })]) {
      expect(wrong).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE', message: expect.not.stringMatching(/secret|somebody/) as string }));
    }
  });
});
