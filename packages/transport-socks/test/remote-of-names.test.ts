import { isSystemError, systemError, type Transport } from '@netstrata/transport';
import { refusedConnection } from '@netstrata/transport/layers';
import { createNetwork } from '@netstrata/transport-memory';
import { tcp } from '@netstrata/transport-tcp';
import { describe, expect, it } from 'vitest';
import { socks, type Lookup } from '../src/index.js';
import { bytesOf, connect, errorOf, inet, textOf } from './support/dial.js';
import { proxyOn } from './support/proxy.js';
import { answering, raw } from './support/scripted.js';

const TELLING = 0x8e;
const reply = (...address: number[]) => Uint8Array.of(5, 0, 0, ...address);
const bound = [1, 192, 0, 2, 1, 0, 80];

/** A proxy and a server on networks in memory, and a client's transport to the proxy. */
async function site(more = {}) {
  const network = createNetwork();
  const [client, front, server] = [network.host('client', '10.0.0.1'), network.host('proxy', '10.0.0.2'), network.host('db.internal', '10.0.0.3')];
  const { url } = await proxyOn(front.tcp, { over: front.tcp, lookup: front.lookup, policy: { allow: ['10.0.0.0/8'] }, ...more }, { address: '10.0.0.2', port: 0, family: 'IPv4' });
  const listener = server.tcp.listen!({ address: '10.0.0.3', port: 5432, family: 'IPv4' }, { onListening() {}, onConnection() {}, onAcceptError() {}, onClose() {} });
  return { client, url, listener };
}

describe('the address that a name has led to', () => {
  it.each([{}, { pipeline: true }])('is told by our server to who asks for it %j', async (how) => {
    const { client, url } = await site();
    const { connection } = await connect(socks(url, { over: client.tcp, askRemote: true, ...how }), { host: 'db.internal', port: 5432 });
    expect(connection.remote).toEqual(inet(5432, '10.0.0.3'));
    expect(connection.local).toMatchObject({ address: '10.0.0.2' });
    connection.close();
  });

  it('is not told to others, and to nobody who has dialled an address', async () => {
    const { client, url } = await site();
    const { connection } = await connect(socks(url, { over: client.tcp }), { host: 'db.internal', port: 5432 });
    expect(connection.remote).toBeNull();
    connection.close();
    const other = await connect(socks(url, { over: client.tcp, askRemote: true }), inet(5432, '10.0.0.3'));
    expect(other.connection.remote).toEqual(inet(5432, '10.0.0.3'));
    other.connection.close();
  });

  it('is asked without credentials only', async () => {
    const { client, url } = await site({ authenticate: () => true });
    const { connection } = await connect(socks(url.replace('//', '//me:pw@'), { over: client.tcp, askRemote: true }), { host: 'db.internal', port: 5432 });
    expect(connection.remote).toBeNull();
    connection.close();
  });

  it('comes as a second reply, in any pieces, and what follows it is the peer\'s', async () => {
    for (const pieces of [1, 2, 3, 7, 100]) {
      const whole = Buffer.concat([reply(...bound), reply(4, 32, 1, 13, 184, ...Array<number>(11).fill(0), 9, 21, 56), Buffer.from('first')]);
      const { port, sockets, asked } = await answering(Uint8Array.of(5, TELLING));
      const dialling = connect(socks(`socks5://127.0.0.1:${port}`, { over: tcp, askRemote: true }), { host: 'db.example', port: 5432 });
      await expect.poll(() => asked.length).toBe(2);
      for (let at = 0; at < whole.length; at += pieces) sockets[0].write(whole.subarray(at, at + pieces));
      const { connection, stream } = await dialling;
      expect(asked[0]).toEqual(Buffer.of(5, 2, 0, TELLING));
      expect(connection.remote).toEqual(inet(5432, '2001:db8::9'));
      expect(connection.local).toEqual(inet(80, '192.0.2.1'));
      sockets[0].end();
      expect(await textOf(stream)).toBe('first');
      stream.end();
    }
  });

  it('is null where it is all zeros or a name', async () => {
    for (const address of [[1, 0, 0, 0, 0, 0, 0], [3, 1, 97, 0, 80]]) {
      const { port } = await answering(Uint8Array.of(5, TELLING), Buffer.concat([reply(...bound), reply(...address)]));
      const { connection } = await connect(socks(`socks5://127.0.0.1:${port}`, { over: tcp, askRemote: true }), { host: 'db.example', port: 80 });
      expect(connection.remote).toBeNull();
      connection.close();
    }
  });

  it('does not come from a proxy that passes the method over', async () => {
    const { port, asked } = await answering(Uint8Array.of(5, 0), reply(...bound));
    const { connection } = await connect(socks(`socks5://127.0.0.1:${port}`, { over: tcp, askRemote: true }), { host: 'db.example', port: 80 });
    expect(connection.remote).toBeNull();
    expect(asked).toHaveLength(2);
    connection.close();
  });

  it('is no reason to believe a method that was not offered, or a second reply of another version', async () => {
    const other = await answering(Uint8Array.of(5, TELLING), reply(...bound));
    expect(await errorOf(socks(`socks5://127.0.0.1:${other.port}`, { over: tcp }), { host: 'a.example', port: 80 })).toMatchObject({ code: 'EPROTO' });
    const address = await answering(Uint8Array.of(5, TELLING), reply(...bound));
    expect(await errorOf(socks(`socks5://127.0.0.1:${address.port}`, { over: tcp, askRemote: true }), inet(80))).toMatchObject({ code: 'EPROTO' });
    const malformed = await answering(Uint8Array.of(5, TELLING), Buffer.concat([reply(...bound), Buffer.from('HTTP')]));
    const error = await errorOf(socks(`socks5://127.0.0.1:${malformed.port}`, { over: tcp, askRemote: true }), { host: 'a.example', port: 80 });
    expect([error.code, isSystemError(error)]).toEqual(['EPROTO', true]);
  });

  it('is told of a host that cannot be reached, too: a name that is known is no ENOTFOUND', async () => {
    const unreachable = { address: '10.0.0.9', port: 80, family: 'IPv4' } as const;
    const over: Transport = {
      name: 'unreachable', capabilities: { ...tcp.capabilities, listen: false },
      connect: (endpoint, sink) => refusedConnection(sink, systemError({ code: 'EHOSTUNREACH', syscall: 'connect', endpoint }), endpoint),
    };
    const lookup: Lookup = (host, _, done) => { done(null, host === 'dead.internal' ? [{ address: unreachable.address, family: 4 }] : []); };
    const { url } = await proxyOn(tcp, { over, lookup, policy: { default: 'allow' } });
    const there = socks(url, { over: tcp, askRemote: true });
    expect(await errorOf(there, { host: 'dead.internal', port: 80 })).toMatchObject({ code: 'EHOSTUNREACH', address: 'dead.internal', port: 80 });
    expect(await errorOf(there, { host: 'nobody.internal', port: 80 })).toMatchObject({ code: 'ENOTFOUND' });
    expect(await errorOf(socks(url, { over: tcp }), { host: 'dead.internal', port: 80 })).toMatchObject({ code: 'ENOTFOUND' });
  });

  it('is no second reply to a refusal, nor to BIND', async () => {
    const { client, url } = await site({ bind: true });
    expect(await errorOf(socks(url, { over: client.tcp, askRemote: true }), { host: 'db.internal', port: 1 })).toMatchObject({ code: 'ECONNREFUSED' });
    const { url: here } = await proxyOn(tcp, { over: tcp, bind: true });
    const socket = await raw(Number(new URL(here).port));
    socket.write(Buffer.of(5, 2, 0, TELLING, 5, 2, 0, 1, 127, 0, 0, 1, 0, 0));
    const answer = await bytesOf(socket, 12);
    expect([...answer.subarray(0, 6)]).toEqual([5, TELLING, 5, 0, 0, 1]);
    expect(answer).toHaveLength(12);
  });
});
