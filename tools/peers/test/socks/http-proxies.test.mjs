import { once } from 'node:events';
import { createNet } from '@netstrata/net-compat/core';
import { socks } from '@netstrata/transport-socks';
import { socksServer } from '@netstrata/transport-socks/server';
import { tcp } from '@netstrata/transport-tcp';
import { Server } from 'proxy-chain';
import { afterAll, describe, expect, it } from 'vitest';
import { throughProxy } from '../../src/socks-behaviour.mjs';
import { target, textOf } from '../../src/targets.mjs';

/** The npm package proxy-chain, as a proxy of HTTP. */
async function startProxyChain(credentials) {
  const prepareRequestFunction = ({ username, password }) => ({
    requestAuthentication: credentials !== undefined && (username !== credentials.user || password !== credentials.password),
  });
  const server = new Server({ port: 0, host: '127.0.0.1', prepareRequestFunction });
  await server.listen();
  return { url: `http://127.0.0.1:${server.port}`, stop: () => server.close(true) };
}

const [open, locked] = [await startProxyChain(), await startProxyChain({ user: 'somebody', password: 'p:@ss' })];
const socksProxy = createNet({ tcp }).createServer(socksServer({ over: tcp, policy: { default: 'allow' } }));
await once(socksProxy.listen(0, '127.0.0.1'), 'listening');
afterAll(async () => {
  socksProxy.close();
  await open.stop();
  await locked.stop();
});

describe('through proxy-chain', () => {
  // It answers no refusal, but leaves.
  throughProxy(() => open.url, { bound: false, halfClose: [true, false], resets: false, refusals: ['ECONNRESET', 'ECONNRESET'] });
});

describe('through proxy-chain with credentials', () => {
  it('those of the URL are accepted, and others refused with the status', async () => {
    const far = await target((socket) => socket.end('hello'));
    const as = (who) => createNet({ tcp: socks(locked.url.replace('//', `//${who}`), { over: tcp }) }).connect(far.port, '127.0.0.1');
    expect(await textOf(as('somebody:p%3A%40ss@'))).toBe('hello');
    for (const who of ['', 'somebody:wrong@']) {
      expect((await once(as(who), 'error'))[0]).toMatchObject({ code: 'EACCES', status: 407, port: far.port });
    }
    far.close();
  });
});

it('a chain of a proxy of HTTP and our server of SOCKS5', async () => {
  const far = await target((socket) => socket.end('hello'));
  const chain = [open.url, `socks5://127.0.0.1:${socksProxy.address().port}`];
  const socket = createNet({ tcp: socks(chain, { over: tcp }) }).connect(far.port, 'localhost');
  expect(await textOf(socket)).toBe('hello');
  far.close();
});
