import { once } from 'node:events';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import { readFileSync } from 'node:fs';
import { createNet } from '@netstrata/net-compat/core';
import { socksServer } from '@netstrata/transport-socks/server';
import { tcp } from '@netstrata/transport-tcp';
import { SocksClient } from 'socks';
import { SocksProxyAgent } from 'socks-proxy-agent';
import { afterAll, describe, expect, it } from 'vitest';
import { throughProxy } from '../../src/socks-behaviour.mjs';
import { deadPort, endOf, target, textOf } from '../../src/targets.mjs';

const everywhere = { over: tcp, policy: { default: 'allow' }, bind: true };
const authenticate = (user, password) => user === 'somebody' && password === 'p@ss';

const pem = (name) => readFileSync(new URL(`../../../integration/certificate/${name}.pem`, import.meta.url));
const [key, cert] = [pem('key'), pem('certificate')];

const ours = createNet({ tcp });
const servers = {
  'sockets of net-compat': ours.createServer(socksServer(everywhere)),
  'sockets of node:net': net.createServer(socksServer(everywhere)),
};
const locked = net.createServer(socksServer({ ...everywhere, authenticate }));
for (const server of [...Object.values(servers), locked]) await once(server.listen(0, '127.0.0.1'), 'listening');
afterAll(() => {
  for (const server of [...Object.values(servers), locked]) server.close();
});

const traits = { bound: true, halfClose: [true, true], resets: true, refusals: ['ECONNREFUSED', 'ENOTFOUND'] };
for (const [name, server] of Object.entries(servers)) {
  const url = () => `socks5://127.0.0.1:${server.address().port}`;
  describe(`our client through our server, on ${name}`, () => throughProxy(url, traits));
  describe(`the same in one flight, on ${name}`, () => throughProxy(url, traits, { pipeline: true }));
}

describe.each(Object.keys(servers))('the client of the npm package socks, through our server on %s', (name) => {
  const proxy = { host: '127.0.0.1', port: 0, type: 5 };
  const connect = async (host, port, more = {}) => {
    const at = { ...proxy, port: (more.server ?? servers[name]).address().port, ...more.proxy };
    const { socket } = await SocksClient.createConnection({ proxy: at, command: 'connect', destination: { host, port } });
    return socket;
  };

  it.each(['127.0.0.1', 'localhost'])('echoes a megabyte, and passes on an end alone: %s', async (host) => {
    const far = await target((socket) => socket.pipe(socket));
    const socket = await connect(host, far.port);
    const bytes = Buffer.alloc(1_000_000, 'socks');
    socket.allowHalfOpen = true;
    socket.end(bytes);
    expect(await textOf(socket)).toBe(bytes.toString('latin1'));
    far.close();
  });

  it('gets a refusal, an unknown name, and a reset as what they are', async () => {
    await expect(connect('127.0.0.1', await deadPort())).rejects.toThrow('ConnectionRefused');
    await expect(connect('nobody.invalid', 80)).rejects.toThrow('HostUnreachable');
    const far = await target((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const socket = await connect('127.0.0.1', far.port);
    socket.write('x');
    expect(await endOf(socket)).toBe('ECONNRESET');
    far.close();
  });

  it('says who it is', async () => {
    const far = await target((socket) => socket.end('hello'));
    const socket = await connect('127.0.0.1', far.port, { server: locked, proxy: { userId: 'somebody', password: 'p@ss' } });
    expect(await textOf(socket)).toBe('hello');
    socket.end();
    await expect(connect('127.0.0.1', far.port, { server: locked, proxy: { userId: 'somebody', password: 'wrong' } })).rejects.toThrow('Authentication failed');
    await expect(connect('127.0.0.1', far.port, { server: locked })).rejects.toThrow();
    far.close();
  });

  it('listens by BIND', async () => {
    const client = new SocksClient({ proxy: { ...proxy, port: servers[name].address().port }, command: 'bind', destination: { host: '127.0.0.1', port: 0 } });
    client.connect();
    const [{ remoteHost }] = await once(client, 'bound');
    const peer = net.connect(remoteHost.port, remoteHost.host).on('connect', () => peer.end('hello'));
    const [{ socket, remoteHost: from }] = await once(client, 'established');
    expect(from.port).toBe(peer.localPort);
    expect(await textOf(socket)).toBe('hello');
    socket.end();
    peer.destroy();
  });
});

describe('https by socks-proxy-agent', () => {
  it.each(Object.keys(servers))('through our server on %s', async (name) => {
    const server = https.createServer({ key, cert }, (_, response) => response.end('hello'));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const agent = new SocksProxyAgent(`socks5h://127.0.0.1:${servers[name].address().port}`);
    const request = https.get({ host: 'localhost', port: server.address().port, agent, rejectUnauthorized: false });
    const [response] = await once(request, 'response');
    expect(await textOf(response)).toBe('hello');
    agent.destroy();
    server.close();
  });
});

it('our server on sockets of TLS', async () => {
  const far = await target((socket) => socket.end('hello'));
  const server = tls.createServer({ key, cert }, socksServer(everywhere));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const client = tls.connect({ port: server.address().port, host: '127.0.0.1', rejectUnauthorized: false });
  await once(client, 'secureConnect');
  client.write(Uint8Array.of(5, 1, 0, 5, 1, 0, 1, 127, 0, 0, 1, far.port >> 8, far.port & 255));
  const text = await textOf(client);
  expect(Buffer.from(text, 'latin1').subarray(0, 6)).toEqual(Buffer.of(5, 0, 5, 0, 0, 1));
  expect(text.endsWith('hello')).toBe(true);
  client.destroy();
  server.close();
  far.close();
});
