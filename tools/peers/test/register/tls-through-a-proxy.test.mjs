import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import tls from 'node:tls';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createNet } from '@netstrata/net-compat/core';
import { socksServer } from '@netstrata/transport-socks/server';
import { tcp } from '@netstrata/transport-tcp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openProxies } from '../../src/proxies.mjs';

const run = promisify(execFile);
const program = fileURLToPath(new URL('programs/secure.mjs', import.meta.url));
const cwd = fileURLToPath(new URL('../../', import.meta.url));
const certificates = new URL('../../../../packages/net-compat/test/fixtures/register/', import.meta.url);
const [key, cert] = ['key.pem', 'certificate.pem'].map((name) => readFileSync(new URL(name, certificates)));

let server;
let proxy;
let others;

beforeAll(async () => {
  server = tls.createServer({ key, cert }, (socket) => socket.end('hello')).listen(0, '127.0.0.1');
  proxy = createNet({ tcp }).createServer(socksServer({ over: tcp, policy: { allow: ['loopback'] } })).listen(0, '127.0.0.1');
  await Promise.all([once(server, 'listening'), once(proxy, 'listening')]);
  others = await openProxies();
});

afterAll(() => {
  server.close();
  proxy.close();
  return others.close();
});

async function through(url, host) {
  const env = { ...process.env, NODE_OPTIONS: '--import @netstrata/net-compat/register', NETSTRATA_PROXY: url };
  const { stdout } = await run(process.execPath, [program, host, `${server.address().port}`], { cwd, env });
  return JSON.parse(stdout);
}

const EVENTS = ['connect', 'ready', 'secureConnect'];

it('is on the handle of the connection to the proxy, and says where it goes', async () => {
  const url = `socks5://127.0.0.1:${proxy.address().port}`;
  const ends = { remoteAddress: '127.0.0.1', remotePort: server.address().port, localAddress: '127.0.0.1' };
  expect(await through(url, '127.0.0.1')).toEqual({ events: EVENTS, text: 'hello', on: 'TCP', ...ends });
});

it('knows no address of a name that was resolved elsewhere', async () => {
  const url = `socks5://127.0.0.1:${proxy.address().port}`;
  expect(await through(url, 'localhost')).toMatchObject({ events: EVENTS, on: 'TCP', remoteAddress: null, localAddress: '127.0.0.1' });
});

it('is so through a chain, and through CONNECT', async ({ skip }) => {
  const { http, socks5 } = others.started;
  if (typeof socks5 === 'string') return skip(socks5);
  const connect = `http://127.0.0.1:${http.port}`;
  expect(await through(connect, '127.0.0.1')).toMatchObject({ events: EVENTS, on: 'TCP', remotePort: server.address().port, localAddress: null });
  expect(await through(`${connect}, socks5://127.0.0.1:${socks5.port}`, '127.0.0.1')).toMatchObject({ events: EVENTS, on: 'TCP', remotePort: server.address().port });
});
