import { isSystemError, type Connection } from '@netstrata/transport';
import { tcp } from '@netstrata/transport-tcp';
import { describe, expect, it } from 'vitest';
import { socks } from '../src/index.js';
import { connect, errorOf, inet, outcomeOf, textOf } from './support/dial.js';
import { answering, scripted } from './support/scripted.js';

const through = (port: number, more = {}) => socks(`socks5://127.0.0.1:${port}`, { over: tcp, ...more });
const refusing = (reply: number) => Uint8Array.of(5, reply, 0, 1, 0, 0, 0, 0, 0, 0);

describe('replies of SOCKS5', () => {
  const codes = ['ECONNABORTED', 'EACCES', 'ENETUNREACH', 'EHOSTUNREACH', 'ECONNREFUSED', 'ETIMEDOUT', 'EOPNOTSUPP', 'EAFNOSUPPORT', 'ECONNABORTED'];
  it.each(codes.map((code, i) => [i + 1, code] as const))('%i is %s, of the endpoint that was dialled', async (reply, code) => {
    const { port } = await answering(Uint8Array.of(5, 0), refusing(reply));
    const error = await errorOf(through(port), inet(80, '192.0.2.1'));
    expect(error).toMatchObject({ code, syscall: 'connect', address: '192.0.2.1', port: 80, message: `connect ${code} 192.0.2.1:80` });
    expect(isSystemError(error)).toBe(true);
  });

  it('that say no are no bytes of the caller\'s', async () => {
    const { port } = await answering(Uint8Array.of(5, 0), refusing(5));
    let refused!: Connection;
    await outcomeOf(through(port), inet(80), (connection) => { refused = connection; });
    expect([refused.bytesRead, refused.bytesWritten]).toEqual([0, 0]);
  });

  it('4 is ENOTFOUND where a name was asked for', async () => {
    const { port } = await answering(Uint8Array.of(5, 0), refusing(4));
    expect(await errorOf(through(port), { host: 'nobody.example', port: 80 })).toMatchObject({ code: 'ENOTFOUND', syscall: 'connect', address: 'nobody.example', port: 80 });
  });

  it('of any type of address: what follows the last byte of the reply is the peer\'s, also in the same packet', async () => {
    for (const address of [[1, 192, 0, 2, 7], [4, 32, 1, 13, 184, ...Array<number>(11).fill(0), 9], [3, 3, 97, 46, 98]]) {
      const { port, sockets } = await answering(Uint8Array.of(5, 0), Uint8Array.from([5, 0, 0, ...address, 1, 187, ...Buffer.from('first')]));
      const { connection, stream } = await connect(through(port), inet(80, '192.0.2.1'));
      const type = address[0];
      const local = type === 1 ? '192.0.2.7' : '2001:db8::9';
      expect(connection.local).toEqual(type === 3 ? null : { address: local, port: 443, family: type === 1 ? 'IPv4' : 'IPv6' });
      expect(connection.remote).toEqual(inet(80, '192.0.2.1'));
      expect(connection.bytesRead).toBe(0);
      sockets[0].end(' and last');
      expect(await textOf(stream)).toBe('first and last');
      expect(connection.bytesRead).toBe(14);
      stream.end();
      await new Promise((resolve) => stream.once('close', resolve));
      expect([connection.local, connection.remote]).toEqual([null, null]);
    }
  });

  it('whose address is all zeros tell no local endpoint', async () => {
    const { port } = await answering(Uint8Array.of(5, 0), refusing(0));
    const { connection } = await connect(through(port), { host: 'example.com', port: 80 });
    expect([connection.local, connection.remote]).toEqual([null, null]);
    connection.close();
  });

  it('that are refusals count as soon as they are known: some servers say two bytes and leave', async () => {
    const { port } = await answering(Uint8Array.of(5, 0), Uint8Array.of(5, 5));
    expect(await errorOf(through(port), inet(80))).toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('are EPROTO where they are of another protocol', async () => {
    for (const answers of [['HTTP/1.1 400 Bad Request\r\n\r\n'], [Uint8Array.of(5, 1)], [Uint8Array.of(5, 0), Uint8Array.of(5, 0, 0, 9)], [Uint8Array.of(5, 2)]]) {
      const { port } = await answering(...answers);
      expect(await errorOf(through(port), inet(80))).toMatchObject({ code: 'EPROTO', syscall: 'connect', port: 80 });
    }
  });

  it('that do not come as the proxy leaves are ECONNRESET, with the endpoint', async () => {
    const ended = await scripted((socket) => socket.end());
    expect(await errorOf(through(ended.port), inet(80))).toMatchObject({ code: 'ECONNRESET', syscall: 'connect', address: '127.0.0.1', port: 80 });
    const broken = await scripted((socket) => socket.once('data', () => socket.resetAndDestroy()));
    expect(await errorOf(through(broken.port), inet(80))).toMatchObject({ code: 'ECONNRESET', syscall: 'connect', address: '127.0.0.1', port: 80 });
  });

  it('close the connection to the proxy when they refuse', async () => {
    const { port, sockets } = await answering(Uint8Array.of(5, 0), refusing(5));
    await errorOf(through(port), inet(80));
    await new Promise((resolve) => sockets[0].once('end', resolve).resume());
  });
});

it('what is said: the greeting, then the request; a name as it is', async () => {
  const { port, asked } = await answering(Uint8Array.of(5, 0), refusing(0));
  const { connection } = await connect(through(port), { host: 'Example.COM.', port: 443 });
  expect(asked.map((bytes) => bytes.toString('latin1'))).toEqual(['\x05\x01\0', '\x05\x01\0\x03\x0cExample.COM.\x01\xbb']);
  connection.close();
});

it('a proxy that cannot be reached is the error of the connection to it', async () => {
  const { port, sockets } = await scripted(() => {});
  expect(sockets).toEqual([]);
  const transport = socks('socks5://127.0.0.1:1', { over: tcp });
  expect(await errorOf(transport, inet(port))).toMatchObject({ code: 'ECONNREFUSED', address: '127.0.0.1', port: 1 });
});
