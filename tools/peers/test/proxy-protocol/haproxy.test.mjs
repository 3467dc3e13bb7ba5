import { freePort } from '@netstrata/integration/src/servers/daemon.mjs';
import { afterAll, describe, expect, it } from 'vitest';
import { programOf } from '../../src/programs.mjs';
import { startHaproxy } from '../../src/balancers.mjs';
import { ask, certificate, kinds, openSite } from './support/site.mjs';

const haproxy = await programOf('haproxy');
if (typeof haproxy === 'string') console.log(`HAProxy is not tested: ${haproxy}`);

const stops = [];
afterAll(async () => {
  for (const stop of stops) await stop();
});

/** HAProxy before a site; gives its port. */
async function before(site, sending, binding = '', more = '') {
  const port = await freePort();
  const sections = `listen site\n  bind 127.0.0.1:${port} ${binding}\n${more}\n  server site 127.0.0.1:${site.address().port} ${sending}`;
  stops.push(await startHaproxy(haproxy, sections, { 'site.pem': `${certificate.cert}\n${certificate.key}` }));
  return port;
}

describe.skipIf(typeof haproxy === 'string')('HAProxy before a server', () => {
  it.each(kinds.flatMap((kind) => ['send-proxy', 'send-proxy-v2'].map((sending) => [kind, sending])))('of %s says by %s where the client is', async (kind, sending) => {
    const site = await openSite(kind);
    const port = await before(site, sending);
    const { client, seen } = await ask(kind, port);
    expect(seen).toMatchObject({
      remote: client, local: `127.0.0.1:${port}`, version: sending === 'send-proxy' ? 1 : 2, command: 'proxy', peer: '127.0.0.1', source: '127.0.0.1',
    });
    site.close();
  });

  it('says how the client has spoken TLS with it, its name, a checksum and a unique id', async () => {
    const site = await openSite('tcp');
    const options = 'send-proxy-v2-ssl proxy-v2-options ssl,authority,crc32c,unique-id';
    const port = await before(site, options, 'ssl crt $FOLDER/site.pem alpn http/1.1', '  unique-id-format id-%[src]');
    const { client, seen } = await ask('tls', port, { over: { servername: 'site.example', ALPNProtocols: ['http/1.1'] } });
    expect(seen).toMatchObject({
      remote: client, version: 2, authority: 'site.example', alpn: 'http/1.1', uniqueId: 'id-127.0.0.1', checked: true,
      tls: expect.stringMatching(/^TLSv1\.[23]$/),
    });
    site.close();
  });

  it('checks the health of the server by LOCAL, with its own address', async () => {
    const site = await openSite('tcp');
    const local = new Promise((resolve) => site.once('connection', resolve));
    // It waits for an answer: a check that only connects is often gone before it is accepted.
    const port = await before(site, 'check inter 50 send-proxy-v2', '', '  option tcp-check\n  tcp-check send hello\n  tcp-check expect string local');
    const socket = await local;
    expect([socket.proxyHeader.command, socket.remoteAddress]).toEqual(['local', '127.0.0.1']);
    const { client, seen } = await ask('tcp', port);
    expect(seen).toMatchObject({ command: 'proxy', remote: client });
    site.close();
  });
});
