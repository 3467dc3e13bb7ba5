import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tunnel } from '@netstrata/gateway/tunnel';
import { freePort } from '@netstrata/integration/src/servers/daemon.mjs';
import { createNet } from '@netstrata/net-compat/core';
import { afterEach, describe, expect, it } from 'vitest';
import { startHaproxy, startNginx } from '../../src/balancers.mjs';
import { programOf } from '../../src/programs.mjs';
import { startGateway } from './support/gateway.mjs';

const guide = readFileSync(new URL('../../../../docs/guides/run-the-gateway.md', import.meta.url), 'utf8');
const [haproxy, nginx] = [await programOf('haproxy'), await programOf('nginx')];

const stops = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** The configuration that the guide gives for a program, with addresses of this host. */
function documented(program, port, gateways) {
  const [, text] = new RegExp(`^\`\`\`${program}\\n(.*?)^\`\`\``, 'ms').exec(guide);
  const places = [['192.0.2.1:80', port], ['10.0.0.5:8080', gateways[0].port], ['10.0.0.6:8080', gateways.at(-1).port]];
  return places.reduce((result, [place, own]) => result.replace(place, `127.0.0.1:${own}`), text);
}

/** A server that sends back what it gets. */
async function echo() {
  const server = createServer((socket) => socket.on('error', () => {}).pipe(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  stops.push(() => server.close());
  return server.address().port;
}

/** A gateway behind a proxy on this host. */
async function gatewayTo(port) {
  const gateway = await startGateway(['--path', '/tunnel', '--trust', 'loopback', '--open-to-everyone', '--allow', `127.0.0.1:${port}`, '--grace', '1h']);
  stops.push(gateway.stop);
  return gateway;
}

/** A connection through what listens on a port, and a page's way to it: with an Origin of the same host. */
async function talking(port, destination, headers = { origin: `http://127.0.0.1:${port}` }) {
  const way = tunnel(`ws://127.0.0.1:${port}/tunnel`, { headers });
  stops.push(() => way.close());
  const socket = createNet({ tcp: way }).connect(destination, '127.0.0.1');
  socket.write('hello');
  const [bytes] = await once(socket, 'data');
  expect(String(bytes)).toBe('hello');
  return socket;
}

describe('what the guide gives for a proxy before a gateway', () => {
  it.skipIf(typeof nginx === 'string')('nginx: pages of its host get in, others do not, and the log names who is behind it', async () => {
    const [port, destination] = [await freePort(), await echo()];
    const gateway = await gatewayTo(destination);
    const [, http] = /^http \{\n(.*)^\}/ms.exec(documented('nginx', port, [gateway]));
    stops.push(await startNginx(nginx, { http }));
    const socket = await talking(port, destination);
    expect(await gateway.event('carrier opened')).toMatchObject({ address: '127.0.0.1' });
    await expect(talking(port, destination, { origin: 'http://elsewhere.example' })).rejects.toThrow();
    expect(await gateway.event('carrier refused')).toMatchObject({ status: 403, reason: 'origin' });
    socket.destroy();
  });

  it.skipIf(typeof haproxy === 'string')('HAProxy: what a client says of itself is not believed', async () => {
    const [port, destination] = [await freePort(), await echo()];
    const gateway = await gatewayTo(destination);
    stops.push(await startHaproxy(haproxy, documented('haproxy', port, [gateway])));
    const socket = await talking(port, destination, { 'x-forwarded-for': '192.0.2.66' });
    expect(await gateway.event('carrier opened')).toMatchObject({ address: '127.0.0.1' });
    socket.destroy();
  });

  it.skipIf(typeof haproxy === 'string')('HAProxy, before two: one drains, streams go on there, and new ones go to the other', async () => {
    const [port, destination] = [await freePort(), await echo()];
    const [one, two] = [await gatewayTo(destination), await gatewayTo(destination)];
    stops.push(await startHaproxy(haproxy, documented('haproxy', port, [one, two])));
    const socket = await talking(port, destination);
    const isFirst = one.lines.some(({ event }) => event === 'carrier opened');
    const [old, next] = isFirst ? [one, two] : [two, one];
    old.kill('SIGTERM');
    await old.event('drain');
    // Until the balancer has seen that, new WebSockets may still be sent there, and are refused.
    for (;;) {
      const fresh = await talking(port, destination).catch(() => null);
      if (fresh !== null) {
        fresh.destroy();
        break;
      }
    }
    await next.event('carrier opened');
    socket.write('still here');
    expect(String((await once(socket, 'data'))[0])).toBe('still here');
    socket.end().resume();
    expect(await old.ended).toEqual({ code: 0, signal: null });
  });
});
