import { createNet } from '@netstrata/net-compat/core';
import { freePort } from '@netstrata/integration/src/servers/daemon.mjs';
import { proxyProtocol } from '@netstrata/transport-proxy-protocol';
import { tcp } from '@netstrata/transport-tcp';
import { afterAll, describe, expect, it } from 'vitest';
import { programOf } from '../../src/programs.mjs';
import { hasStreams, startNginx } from '../../src/balancers.mjs';
import { ask, kinds, openSite } from './support/site.mjs';

const nginx = await programOf('nginx');
const reason = typeof nginx === 'string' ? nginx : hasStreams(nginx) ? '' : 'it has no module for streams';
if (reason !== '') console.log(`nginx is not tested: ${reason}`);

const stops = [];
afterAll(async () => {
  for (const stop of stops) await stop();
});

describe.skipIf(reason !== '')('nginx', () => {
  it.each(kinds)('before a server of %s says where the client is', async (kind) => {
    const site = await openSite(kind);
    const port = await freePort();
    const stream = `server { listen 127.0.0.1:${port}; proxy_pass 127.0.0.1:${site.address().port}; proxy_protocol on; }`;
    stops.push(await startNginx(nginx, { stream }));
    const { client, seen } = await ask(kind, port);
    expect(seen).toMatchObject({ remote: client, local: `127.0.0.1:${port}`, version: 1 });
    site.close();
  });

  it.each([
    [1, { source: { address: '203.0.113.7', port: 4321, family: 'IPv4' }, destination: { address: '198.51.100.1', port: 80, family: 'IPv4' } }, '203.0.113.7 4321 198.51.100.1'],
    [2, { source: { address: '2001:db8::7', port: 4321, family: 'IPv6' }, destination: { address: '2001:db8::1', port: 80, family: 'IPv6' }, crc: true, authority: 'site' }, '2001:db8::7 4321 2001:db8::1'],
  ])('takes what is sent in version %d', async (send, ends, expected) => {
    const port = await freePort();
    const http = `server { listen 127.0.0.1:${port} proxy_protocol; location / { return 200 "$proxy_protocol_addr $proxy_protocol_port $proxy_protocol_server_addr"; } }`;
    stops.push(await startNginx(nginx, { http }));
    const socket = createNet({ tcp: proxyProtocol(tcp, { send, ...ends }) }).connect(port, '127.0.0.1');
    socket.write('GET / HTTP/1.0\r\n\r\n');
    let text = '';
    for await (const chunk of socket) text += chunk;
    expect(text.split('\r\n\r\n')[1]).toBe(expected);
  });
});
