import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { fileURLToPath } from 'node:url';
import { freePort } from '@netstrata/integration/src/servers/daemon.mjs';
import { Server as HttpProxy } from 'proxy-chain';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { startMicrosocks } from '../../src/socks-proxies.mjs';

const program = fileURLToPath(new URL('programs/asks.mjs', import.meta.url));
const cwd = fileURLToPath(new URL('../../', import.meta.url));
const certificates = new URL('../../../../packages/net-compat/test/fixtures/register/', import.meta.url);
const [key, cert] = ['key.pem', 'certificate.pem'].map((name) => readFileSync(new URL(name, certificates)));

let clear;
let safe;

beforeAll(async () => {
  const answer = (_request, response) => response.setHeader('connection', 'close').end('hello');
  [clear, safe] = [http.createServer(answer), https.createServer({ key, cert }, answer)];
  for (const server of [clear, safe]) await once(server.listen(0, '127.0.0.1'), 'listening');
});

afterAll(() => {
  clear.close();
  safe.close();
});

const urls = (host) => [`http://${host}:${clear.address().port}/`, `https://${host}:${safe.address().port}/`];

/** What the program says of the URLs, each asked by http(s) and by fetch. */
function asks(variables, ...of) {
  const env = { ...process.env, NODE_OPTIONS: '--import @netstrata/net-compat/register', NODE_TLS_REJECT_UNAUTHORIZED: '0', ...variables };
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...of], { cwd, env }, (error, out, err) => resolve(error ? [err] : out.trim().split('\n')));
  });
}

async function microsocks(skip, credentials) {
  const proxy = await startMicrosocks(credentials);
  if (typeof proxy === 'string') return skip(proxy);
  onTestFinished(() => proxy.stop());
  return proxy;
}

/** A proxy for HTTP CONNECT, and the places that it was asked for. */
async function httpProxy(password) {
  const asked = [];
  const proxy = new HttpProxy({
    port: 0, host: '127.0.0.1',
    prepareRequestFunction: ({ hostname, port, password: given }) => {
      asked.push(`${hostname}:${port}`);
      return { requestAuthentication: (given ?? '') !== password };
    },
  });
  await proxy.listen();
  onTestFinished(() => proxy.close(true));
  return { port: proxy.port, asked };
}

const HELLO = ['hello', 'hello', 'hello', 'hello'];

it('a program goes through microsocks, with a password, and names are resolved there', async ({ skip }) => {
  const { port, said } = await microsocks(skip, { user: 'me', password: 'secret' });
  expect(await asks({ NETSTRATA_PROXY: `socks5://me:secret@127.0.0.1:${port}` }, ...urls('localhost'))).toEqual(HELLO);
  expect(said()).toContain(`connected to localhost:${safe.address().port}`);
  const wrong = await asks({ NETSTRATA_PROXY: `socks5://me:not-secret@127.0.0.1:${port}` }, urls('localhost')[0]);
  expect(wrong).toEqual(['EACCES connect', 'EACCES connect']);
});

it('a program goes through an HTTP proxy, with a password', async () => {
  const { port, asked } = await httpProxy('secret');
  expect(await asks({ NETSTRATA_PROXY: `http://me:secret@127.0.0.1:${port}` }, ...urls('localhost'))).toEqual(HELLO);
  expect(asked).toHaveLength(4);
  const wrong = await asks({ NETSTRATA_PROXY: `http://me:secretive@127.0.0.1:${port}` }, urls('localhost')[0]);
  expect(wrong).toEqual(['EACCES connect', 'EACCES connect']);
});

it('a chain is dialled in its order', async ({ skip }) => {
  const { port, said } = await microsocks(skip);
  const last = await httpProxy('');
  const proxies = `socks5://127.0.0.1:${port}, http://127.0.0.1:${last.port}`;
  expect(await asks({ NETSTRATA_PROXY: proxies }, ...urls('localhost'))).toEqual(HELLO);
  expect(last.asked).toEqual([clear, clear, safe, safe].map((server) => `localhost:${server.address().port}`));
  expect(said()).toContain(`connected to 127.0.0.1:${last.port}`);
});

it('a policy judges what goes through the proxy, and not the dial to the proxy', async () => {
  const { port, asked } = await httpProxy('');
  const proxy = { NETSTRATA_PROXY: `http://127.0.0.1:${port}` };
  const denied = ['ERR_ADDRESS_DENIED connect', 'ERR_ADDRESS_DENIED connect'];
  const [url] = urls('127.0.0.1');
  expect(await asks({ ...proxy, NETSTRATA_EGRESS: '!127.0.0.2' }, url)).toEqual(['hello', 'hello']);
  asked.length = 0;
  expect(await asks({ ...proxy, NETSTRATA_EGRESS: 'global' }, url)).toEqual(denied);
  expect(await asks({ ...proxy, NETSTRATA_EGRESS: 'global,host:*' }, urls('localhost')[0])).toEqual(denied);
  expect(await asks({ ...proxy, NETSTRATA_EGRESS: 'global' }, 'http://inner.example/')).toEqual(denied);
  expect(asked).toEqual([]);
  await asks({ ...proxy, NETSTRATA_EGRESS: 'global,host:*.example' }, 'http://inner.example/');
  expect(asked).toEqual(['inner.example:80', 'inner.example:80']);
});

it('the variables that many programs know say which proxy, and what is dialled directly', async () => {
  const [all, other] = [await httpProxy(''), await httpProxy('')];
  const env = (variables) => ({ NETSTRATA_PROXY: 'env', ALL_PROXY: '', HTTPS_PROXY: '', NO_PROXY: '', all_proxy: '', https_proxy: '', no_proxy: '', ...variables });
  const proxy = ({ port }) => `http://127.0.0.1:${port}`;
  const [url] = urls('localhost');
  expect(await asks(env({ ALL_PROXY: proxy(all) }), url)).toEqual(['hello', 'hello']);
  expect([all.asked.length, other.asked.length]).toEqual([2, 0]);
  // Lower case counts before upper case, and what has no scheme is an HTTP proxy.
  await asks(env({ ALL_PROXY: proxy(all), all_proxy: `127.0.0.1:${other.port}` }), url);
  expect([all.asked.length, other.asked.length]).toEqual([2, 2]);
  await asks(env({ ALL_PROXY: proxy(all), NO_PROXY: 'example.org,localhost' }), url);
  await asks(env({ ALL_PROXY: proxy(all), NO_PROXY: 'localhost', no_proxy: 'example.org' }), url);
  expect([all.asked.length, other.asked.length]).toEqual([4, 2]);
  await asks(env({ ALL_PROXY: proxy(all), HTTPS_PROXY: proxy(other) }), 'https://inner.example/');
  expect(other.asked.slice(2)).toEqual(['inner.example:443', 'inner.example:443']);
  expect(await asks(env({}), url)).toEqual(['hello', 'hello']);
  expect(all.asked).toHaveLength(4);
});

it.each(['ftp://user:secret@127.0.0.1', 'socks5://user:secret@127.0.0.1:1/path', 'http://user:secret@127.0.0.1,socks6://user:secret@x'])('a program does not start with NETSTRATA_PROXY=%s, and does not show it', async (url) => {
  const [error] = await asks({ NETSTRATA_PROXY: url }, urls('localhost')[0]);
  expect(error).toContain('ERR_INVALID_ARG_VALUE');
  expect(error).not.toContain('secret');
});

it('a proxy that nobody answers at is told without its password', async () => {
  const port = await freePort();
  const came = await asks({ NETSTRATA_PROXY: `socks5://user:secret@127.0.0.1:${port}` }, urls('localhost')[0]);
  expect(came).toEqual(['ECONNREFUSED connect', 'ECONNREFUSED connect']);
});
