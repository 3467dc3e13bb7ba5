import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { createNet } from '@netstrata/net-compat/core';
import { encodeProxyHeader, proxyProtocol } from '@netstrata/transport-proxy-protocol';
import { tcp } from '@netstrata/transport-tcp';
import { describe, expect, it } from 'vitest';
import { ask, kinds, openSite } from './support/site.mjs';

const source = { address: '203.0.113.7', port: 4321, family: 'IPv4' };
const destination = { address: '198.51.100.1', port: 443, family: 'IPv4' };
const first = encodeProxyHeader({ version: 2, source, destination, authority: 'site', crc: true });

const accepted = async (site) => (await new Promise((resolve) => site.once('connection', resolve)));

describe.each(kinds)('a server of %s', (kind) => {
  it('sees the client, whose first bytes come together with the header', async () => {
    const site = await openSite(kind);
    const { seen } = await ask(kind, site.address().port, { first });
    expect(seen).toMatchObject({ remote: '203.0.113.7:4321', local: '198.51.100.1:443', version: 2, authority: 'site', checked: true });
    site.close();
  });

  it('sees who connects without a header where it may be missing', async () => {
    for (const trust of [['loopback'], []]) {
      const site = await openSite(kind, { accept: 'optional', trust, timeout: 1000 });
      const { client, seen } = await ask(kind, site.address().port);
      expect(seen.remote).toBe(client);
      expect(seen.version).toBeUndefined();
      site.close();
    }
  });

  it('serves nobody who forges a header', async () => {
    const site = await openSite(kind, { accept: 'optional', trust: [] });
    await expect(ask(kind, site.address().port, { first })).rejects.toThrow();
    site.close();
  });
});

it('bytes that look like a header are data once an http server has read others past the socket', async () => {
  const server = http.createServer().on('upgrade', (_request, socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: echo\r\n\r\n');
    socket.pipe(socket);
  });
  const site = createNet({ tcp: proxyProtocol(tcp, { accept: 'optional', trust: [] }) }).createServer((socket) => server.emit('connection', socket));
  await new Promise((resolve) => site.listen(0, '127.0.0.1', resolve));
  const socket = net.connect(site.address().port, '127.0.0.1').setEncoding('latin1');
  let text = '';
  const until = async (end) => {
    while (!text.endsWith(end)) text += (await once(socket, 'data'))[0];
  };
  socket.write('GET / HTTP/1.1\r\nHost: site\r\nConnection: upgrade\r\nUpgrade: echo\r\n\r\n');
  await until('\r\n\r\n');
  socket.write('PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\n');
  await until('1 2\r\n');
  socket.destroy();
  site.close();
});

describe('a socket behind a header', () => {
  it('shows it before anything else happens, and cannot be made to show another', async () => {
    const site = await openSite('tcp', undefined, { pauseOnConnect: true });
    const came = accepted(site);
    const asked = ask('tcp', site.address().port, { first });
    const socket = await came;
    expect(socket.proxyHeader).toMatchObject({ source, destination });
    expect(Object.keys(socket)).toContain('proxyHeader');
    expect(() => { 'use strict'; socket.proxyHeader = {}; }).toThrow(TypeError);
    // What was read with the header counts, waits for the program and comes first.
    expect([socket.isPaused(), socket.readableLength, socket.bytesRead]).toEqual([true, 5, 5]);
    socket.resume();
    expect((await asked).seen.remote).toBe('203.0.113.7:4321');
    site.close();
  });

  it('has nothing of the kind where there is none', async () => {
    const site = await openSite('tcp', { accept: 'optional', trust: [] });
    const came = accepted(site);
    const asked = ask('tcp', site.address().port);
    expect('proxyHeader' in (await came)).toBe(false);
    await asked;
    site.close();
  });

  it('is judged by a block list as its client, not as its balancer', async () => {
    const { BlockList } = await import('@netstrata/net-compat/core');
    const blockList = new BlockList();
    blockList.addSubnet('203.0.113.0', 24);
    const site = await openSite('tcp', undefined, { blockList });
    await expect(ask('tcp', site.address().port, { first })).rejects.toThrow();
    site.close();
  });

  it('keeps all bytes in order, when much comes with the header and after it', async () => {
    const both = createNet({ tcp: proxyProtocol(tcp, { accept: 'required', trust: ['loopback'], send: 2 }) });
    const server = both.createServer((socket) => socket.pipe(socket));
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const socket = both.connect(server.address().port, '127.0.0.1');
    const sent = Buffer.from(Array.from({ length: 300_000 }, (_, i) => i % 251));
    socket.end(sent);
    const chunks = [];
    for await (const chunk of socket) chunks.push(chunk);
    expect(Buffer.concat(chunks).equals(sent)).toBe(true);
    expect(socket.bytesWritten).toBe(sent.length);
    server.close();
  });
});
