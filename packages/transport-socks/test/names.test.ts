import { tcp } from '@netstrata/transport-tcp';
import { describe, expect, it } from 'vitest';
import { socks } from '../src/index.js';
import { nameOnWire } from '../src/wire/names.js';
import { connect, errorOf, inet } from './support/dial.js';
import { answering, scripted } from './support/scripted.js';

const granted = Uint8Array.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0);

describe('a name', () => {
  const smuggled = [
    'a b', 'a\r\nX: y', 'a\nb', 'a\0b', 'a\tb', '', 'a/b', 'a:80', 'u@a', 'a?b', 'a#b', '[::1]', 'a%0d', 'a\\b', 'x'.repeat(256), 'ä b.example', 'ä\r\n.example',
    '\u2028', '\ud800', 'ä/b', 'ä:80', 'u@ä', 'ä#', '\u00ad', 'ä%00', '\uff11\uff12\uff17.0.0.1', '\uff11\uff12\uff17\u3002\uff11', '\u2460\u2461\u2466.1', '0x7f\u3002\uff11',
  ];
  it.each(smuggled.map((name) => [JSON.stringify(name), name]))('is refused before anything is said: %s', async (_, host) => {
    const { port, sockets } = await scripted(() => {});
    for (const scheme of ['socks5', 'socks4a', 'http']) {
      const transport = socks(`${scheme}://127.0.0.1:${port}`, { over: tcp });
      expect(await errorOf(transport, { host, port: 80 })).toMatchObject({ code: 'ENOTFOUND', syscall: 'connect', port: 80 });
    }
    expect(sockets).toEqual([]);
  });

  it('in other letters goes out in ASCII, and comes back as it was written', async () => {
    expect(nameOnWire('bücher.example')).toBe('xn--bcher-kva.example');
    expect(nameOnWire('例え.テスト')).toBe('xn--r8jz45g.xn--zckzah');
    const { port, asked } = await answering(Uint8Array.of(5, 0), Uint8Array.of(5, 5));
    const error = await errorOf(socks(`socks5://127.0.0.1:${port}`, { over: tcp }), { host: 'bücher.example', port: 80 });
    expect(error.address).toBe('bücher.example');
    expect(asked[1].includes('xn--bcher-kva.example')).toBe(true);
  });

  it('of 255 bytes still fits', async () => {
    const host = 'x'.repeat(255);
    const { port, asked } = await answering(Uint8Array.of(5, 0), granted);
    const { connection } = await connect(socks(`socks5://127.0.0.1:${port}`, { over: tcp }), { host, port: 80 });
    expect(asked[1].subarray(3, 5)).toEqual(Buffer.of(3, 255));
    connection.close();
  });

  it('is thrown out where names are resolved before, as paths are everywhere', () => {
    const sink = { onConnect() {}, onClose() {}, onData() {}, onEnd() {}, onWriteDone() {}, onShutdownDone() {} };
    const here = socks('socks5://p', { over: tcp, resolve: 'here' });
    expect(() => here.connect({ host: 'a', port: 1 } as never, sink)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }));
    expect(() => here.connect({ path: '/a' }, sink)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }));
    expect(() => here.listen!({ path: '/a' }, { onListening() {}, onConnection() {}, onAcceptError() {}, onClose() {} })).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }));
    expect(() => here.connect(inet(70_000), sink)).toThrow(expect.objectContaining({ code: 'ERR_SOCKET_BAD_PORT' }));
    expect(() => here.connect({ address: 'a', port: 1, family: 'IPv4' }, sink)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_IP_ADDRESS' }));
  });
});

describe('an address', () => {
  it('with a zone, which means nothing elsewhere, is refused', async () => {
    const { port, sockets } = await scripted(() => {});
    expect(await errorOf(socks(`socks5://127.0.0.1:${port}`, { over: tcp }), inet(80, 'fe80::1%lo'))).toMatchObject({ code: 'EINVAL', address: 'fe80::1%lo' });
    expect(sockets).toEqual([]);
  });

  it('of IPv6 is none for SOCKS4, unless it is IPv4 within; and 0.0.0.x is none for SOCKS4A', async () => {
    const { port, asked } = await answering(Uint8Array.of(0, 0x5a, 0, 0, 0, 0, 0, 0));
    const transport = socks(`socks4a://me@127.0.0.1:${port}`, { over: tcp });
    expect(await errorOf(transport, inet(80, '2001:db8::1'))).toMatchObject({ code: 'EAFNOSUPPORT' });
    expect(await errorOf(transport, inet(80, '0.0.0.7'))).toMatchObject({ code: 'EADDRNOTAVAIL' });
    const { connection } = await connect(transport, inet(80, '::ffff:192.0.2.1'));
    expect(asked).toEqual([Buffer.from('\x04\x01\0\x50\xc0\0\x02\x01me\0', 'latin1')]);
    expect([connection.local, connection.remote]).toEqual([null, inet(80, '::ffff:192.0.2.1')]);
    connection.close();
  });

  it('that SOCKS4 refuses is ECONNREFUSED, and EACCES where it is the user', async () => {
    for (const [reply, code] of [[0x5b, 'ECONNREFUSED'], [0x5c, 'EACCES'], [0x5d, 'EACCES']] as const) {
      const { port } = await answering(Uint8Array.of(0, reply, 0, 0, 0, 0, 0, 0));
      expect(await errorOf(socks(`socks4://127.0.0.1:${port}`, { over: tcp }), inet(80))).toMatchObject({ code, port: 80 });
    }
  });
});
