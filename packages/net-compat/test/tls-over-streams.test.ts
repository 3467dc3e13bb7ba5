import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import tls from 'node:tls';
import { createNetwork } from '@netstrata/transport-memory';
import { describe, expect, it } from 'vitest';
import { createNet, routeNet, type Socket } from '../src/core.js';
import defaultNet from '../src/index.js';

const cert = readFileSync(new URL('fixtures/register/certificate.pem', import.meta.url));
const key = readFileSync(new URL('fixtures/register/key.pem', import.meta.url));
const trusted = { ca: cert, checkServerIdentity: () => undefined };

/** A net over a transport that has no handles of the runtime, and a server on it. */
async function memory(onConnection: (socket: Socket) => void) {
  const net = createNet(createNetwork().host('here'));
  const server = net.createServer(onConnection).listen(443);
  await once(server, 'listening');
  return { net, server };
}

const secured = (socket: Socket): tls.TLSSocket => new tls.TLSSocket(socket, { isServer: true, key, cert });

describe('tls over a transport without handles', () => {
  for (const when of ['is connected', 'is on its way']) {
    it(`on a socket that ${when}`, async () => {
      const { net, server } = await memory((socket) => secured(socket).on('error', () => {}).end('a secret'));
      const raw = net.connect(443);
      if (when === 'is connected') await once(raw, 'connect');
      const client = tls.connect({ socket: raw, ...trusted });
      await once(client, 'secureConnect');
      const [text] = (await once(client.setEncoding('utf8'), 'data')) as [string];
      client.destroy();
      server.close();
      expect([text, client.authorized]).toEqual(['a secret', true]);
    });
  }

  it('on a socket of the default net, which is routed there', async () => {
    const { net, server } = await memory((socket) => secured(socket).on('error', () => {}).end('a secret'));
    const stop = routeNet(() => net);
    const raw = defaultNet.connect(443);
    stop();
    await once(raw, 'connect');
    const client = tls.connect({ socket: raw, ...trusted });
    const [text] = (await once(client.setEncoding('utf8'), 'data')) as [string];
    client.destroy();
    server.close();
    expect(text).toBe('a secret');
  });

  it('https, by an agent that dials there', async () => {
    const web = https.createServer({ key, cert }, (_request, response) => response.end('over https'));
    const { net, server } = await memory((socket) => web.emit('connection', socket));
    const raw = net.connect(443);
    await once(raw, 'connect');
    const request = https.request({ host: 'here', createConnection: () => tls.connect({ socket: raw, ...trusted }) } as https.RequestOptions);
    request.end();
    const [response] = (await once(request, 'response')) as [AsyncIterable<Buffer>];
    let body = '';
    for await (const chunk of response) body += String(chunk);
    raw.destroy();
    server.close();
    expect(body).toBe('over https');
  });

  it('nobody else hears of a connect that has been', async () => {
    const { net, server } = await memory(() => {});
    const raw = net.connect(443);
    await once(raw, 'connect');
    let heard = false;
    raw.once('connect', () => { heard = true; });
    for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
    raw.destroy();
    server.close();
    expect(heard).toBe(false);
  });
});
