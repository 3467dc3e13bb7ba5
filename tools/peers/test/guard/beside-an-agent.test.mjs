import { once } from 'node:events';
import http from 'node:http';
import { publicOnly } from '@netstrata/ip-utils/policy';
import { createNet } from '@netstrata/net-compat/core';
import { guard } from '@netstrata/transport-guard';
import { tcp } from '@netstrata/transport-tcp';
import { RequestFilteringHttpAgent } from 'request-filtering-agent';
import { afterAll, beforeAll, expect, it } from 'vitest';

let server;

beforeAll(async () => {
  server = http.createServer((_request, response) => response.end('secret')).listen(0, '::');
  await once(server, 'listening');
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Whether a request was answered, by an agent of a well-known package, or over a guard with Node's own agent. */
const asked = (host, agent) =>
  new Promise((resolve) => {
    http.get({ host, port: server.address().port, agent }, (response) => resolve(response.resume().statusCode)).on('error', ({ code }) => resolve(code ?? 'refused'));
  });

function guarded() {
  const net = createNet({ tcp: guard(tcp, publicOnly) });
  const agent = new http.Agent();
  agent.createConnection = (options) => net.connect(options);
  return agent;
}

const LOCAL = ['127.0.0.1', 'localhost', '::1', '0.0.0.0', '::', '127.1', '2130706433', '0x7f.1', '0177.0.0.1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:0.0.0.0', '::ffff:0:0'];

it.each(LOCAL)('a request to %s does not reach this host', async (host) => {
  expect(await asked(host, guarded())).toBe('ERR_ADDRESS_DENIED');
});

it('a package that filters requests by their agent refuses none that a guard lets through', async () => {
  for (const host of LOCAL) {
    const theirs = await asked(host, new RequestFilteringHttpAgent());
    if (theirs !== 200) expect([host, await asked(host, guarded())]).toEqual([host, 'ERR_ADDRESS_DENIED']);
  }
});
