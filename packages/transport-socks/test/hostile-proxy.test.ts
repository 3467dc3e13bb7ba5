import { once } from 'node:events';
import type { Socket } from 'node:net';
import { tcp } from '@netstrata/transport-tcp';
import { describe, expect, it } from 'vitest';
import { socks } from '../src/index.js';
import { Clock } from './support/clock.js';
import { connect, errorOf, inet, outcomeOf, textOf } from './support/dial.js';
import { answering, scripted } from './support/scripted.js';

const place = inet(80, '192.0.2.1');
const granted = [5, 0, 0, 1, 0, 0, 0, 0, 0, 0];

/** What a proxy has said when it stops: nothing, a part of an answer, all but the last. */
const phases: [scheme: string, said: string, ...answers: (Uint8Array | string)[]][] = [
  ['socks5://', 'nothing'],
  ['socks5://', 'half a method', Uint8Array.of(5)],
  ['socks5://', 'a method', Uint8Array.of(5, 0)],
  ['socks5://', 'half a reply', Uint8Array.of(5, 0), Uint8Array.from(granted.slice(0, 6))],
  ['socks5://', 'all but a byte of a reply with a name', Uint8Array.of(5, 0), Uint8Array.of(5, 0, 0, 3, 2, 97, 98, 0)],
  ['socks5://u:p@', 'that it asks for credentials', Uint8Array.of(5, 2)],
  ['socks5://u:p@', 'half of what it thinks of them', Uint8Array.of(5, 2), Uint8Array.of(1)],
  ['socks5://u:p@', 'that they are good', Uint8Array.of(5, 2), Uint8Array.of(1, 0)],
  ['socks4a://', 'nothing'],
  ['socks4a://', 'half a reply', Uint8Array.of(0, 0x5a, 0)],
  ['http://', 'nothing'],
  ['http://', 'half a status', 'HTTP/1.1 2'],
  ['http://', 'half a header', 'HTTP/1.1 200 OK\r\nA: b'],
  ['http://', 'all but the last byte', 'HTTP/1.1 200 OK\r\n\r'],
  ['http://', 'an interim response', 'HTTP/1.1 100 Continue\r\n\r\n'],
];

/** A proxy that says so much, then does something, once it was asked again or for the first time. */
async function stopping(answers: readonly (Uint8Array | string)[], stop: (socket: Socket) => void): Promise<{ port: number; sockets: Socket[]; stopped: Promise<void> }> {
  let told = (): void => {};
  const stopped = new Promise<void>((resolve) => { told = resolve; });
  const proxy = await scripted((socket) => {
    const left = [...answers];
    socket.on('data', () => {
      const next = left.shift();
      const isLast = left.length === 0;
      const done = (): void => {
        if (!isLast) return;
        stop(socket);
        told();
      };
      if (next === undefined) done();
      else socket.write(next, done);
    });
  });
  return { ...proxy, stopped };
}

describe.each(phases)('a proxy of %s that has said %s', (scheme, _, ...answers) => {
  const through = (port: number, clock: Clock) => socks(`${scheme}127.0.0.1:${port}`, { over: tcp, clock });

  it.each<[string, (socket: Socket) => void]>([
    ['ends its side', (socket) => socket.end()],
    ['resets', (socket) => socket.resetAndDestroy()],
  ])('and %s is ECONNRESET, of the place that was dialled', async (_, stop) => {
    const { port, sockets } = await stopping(answers, stop);
    const clock = new Clock();
    expect(await errorOf(through(port, clock), place)).toMatchObject({ code: 'ECONNRESET', syscall: 'connect', address: '192.0.2.1', port: 80 });
    expect(clock.times).toEqual([]);
    if (!sockets[0].destroyed) await once(sockets[0].resume(), 'close');
  });

  it('and is silent then is ETIMEDOUT in time, and is left', async () => {
    const { port, sockets, stopped } = await stopping(answers, () => {});
    const clock = new Clock();
    const error = errorOf(through(port, clock), place);
    await stopped;
    clock.fire(30_000);
    expect(await error).toMatchObject({ code: 'ETIMEDOUT', syscall: 'connect', address: '192.0.2.1', port: 80 });
    expect(clock.times).toEqual([]);
    sockets[0].end();
    await new Promise((resolve) => sockets[0].once('close', resolve).once('end', resolve));
  });

  it('is left at once by a caller that does not want it any more', async () => {
    const { port, sockets, stopped } = await stopping(answers, () => {});
    const clock = new Clock();
    const outcome = outcomeOf(through(port, clock), place, (connection) => { void stopped.then(() => { connection.close(); }); });
    expect(await outcome).toEqual({ error: null });
    expect(clock.times).toEqual([]);
    sockets[0].end();
    await new Promise((resolve) => sockets[0].once('close', resolve).once('end', resolve));
  });
});

describe('a proxy that says too much', () => {
  it('in answers before the questions is heard, and what follows the last is the peer\'s', async () => {
    const { port, sockets } = await scripted((socket) => socket.write(Uint8Array.from([5, 0, ...granted, ...Buffer.from('first')])));
    const { stream } = await connect(socks(`socks5://127.0.0.1:${port}`, { over: tcp }), place);
    sockets[0].end(' last');
    expect(await textOf(stream)).toBe('first last');
    stream.end();
  });

  it('in a second reply has said so many bytes of the peer\'s: a grant is never taken back', async () => {
    const { port, sockets } = await answering(Uint8Array.of(5, 0), Uint8Array.from([...granted, 5, 5, 0, 1, 0, 0, 0, 0, 0, 0]));
    const { stream } = await connect(socks(`socks5://127.0.0.1:${port}`, { over: tcp }), place);
    sockets[0].end();
    expect(await textOf(stream)).toBe('\x05\x05\0\x01\0\0\0\0\0\0');
    stream.end();
  });

  it('in a header is heard up to 16 KiB, and not a byte further', async () => {
    const header = (size: number): string => `HTTP/1.1 200 OK\r\nA: ${'b'.repeat(size - 24)}\r\n\r\n`;
    expect(header(100).length).toBe(100);
    const fits = await answering(header(16_384));
    const { connection } = await connect(socks(`http://127.0.0.1:${fits.port}`, { over: tcp }), place);
    connection.close();
    const tooLong = await answering(header(16_385));
    expect(await errorOf(socks(`http://127.0.0.1:${tooLong.port}`, { over: tcp }), place)).toMatchObject({ code: 'EPROTO' });
  });

  it('in its reason is shown in part, and in letters alone', async () => {
    const { port } = await answering(`HTTP/1.1 403 \t\u009b31mred\u00a0 ${'x'.repeat(9000)}\r\n\r\n`);
    const { message } = await errorOf(socks(`http://127.0.0.1:${port}`, { over: tcp }), place);
    expect(message).toMatch(/^connect EACCES: the proxy says 403 31mred x{57} 192\.0\.2\.1:80$/);
  });

  it.each(['\x1b]0;title\x07', '\x1b[2J', 'a\0b', 'a\rb', 'a\x7fb'])('in a reason like %j is none of HTTP', async (reason) => {
    const { port } = await answering(`HTTP/1.1 403 ${reason}\r\n\r\n`);
    const error = await errorOf(socks(`http://127.0.0.1:${port}`, { over: tcp }), place);
    expect([error.code, error.message]).toEqual(['EPROTO', 'connect EPROTO: the proxy answers with what is none of its protocol 192.0.2.1:80']);
  });
});

describe('what a proxy says that it has bound', () => {
  it.each<[string, number[], unknown]>([
    ['nothing', [1, 0, 0, 0, 0, 1, 187], null],
    ['nothing of IPv6', [4, ...Array<number>(16).fill(0), 1, 187], null],
    ['nothing of IPv4 in IPv6', [4, ...Array<number>(10).fill(0), 255, 255, 0, 0, 0, 0, 1, 187], null],
    ['IPv4 in IPv6', [4, ...Array<number>(10).fill(0), 255, 255, 10, 0, 0, 1, 1, 187], inet(443, '10.0.0.1')],
    ['a name with control characters', [3, 4, 27, 91, 50, 74, 1, 187], null],
    ['a name of no bytes', [3, 0, 1, 187], null],
    ['an address as a name', [3, 9, ...Buffer.from('127.0.0.1'), 1, 187], null],
  ])('%s', async (_, address, local) => {
    const { port } = await answering(Uint8Array.of(5, 0), Uint8Array.from([5, 0, 7, ...address]));
    const { connection } = await connect(socks(`socks5://127.0.0.1:${port}`, { over: tcp }), place);
    expect([connection.local, connection.remote]).toEqual([local, place]);
    connection.close();
  });
});
