import { compliance } from '@netstrata/transport/compliance';
import { createNetwork } from '@netstrata/transport-memory';
import { tcp } from '@netstrata/transport-tcp';
import { describe, it } from 'vitest';
import { socks } from '../src/index.js';
import { httpProxy } from './support/http-proxy.js';
import { proxyOn } from './support/proxy.js';
import { socks4Proxy } from './support/socks4-proxy.js';

const runner = { describe, it };
const everywhere = { policy: { default: 'allow' }, bind: true } as const;

const proxy = await proxyOn(tcp, { over: tcp, ...everywhere });
const there = socks(proxy.url, { over: tcp });
const listenEndpoint = () => ({ address: '127.0.0.1', port: 0, family: 'IPv4' }) as const;

compliance(runner, { name: 'SOCKS5 over TCP', transport: there, listening: tcp, listenEndpoint });
compliance(runner, { name: 'SOCKS5 over TCP, at both ends', transport: there, listenEndpoint });
compliance(runner, { name: 'SOCKS5 over TCP, pipelined', transport: socks(proxy.url, { over: tcp, pipeline: true }), listening: tcp, listenEndpoint });
compliance(runner, { name: 'BIND over TCP', transport: tcp, listening: there, listenEndpoint });
compliance(runner, { name: 'SOCKS5, addresses only', transport: socks(proxy.url, { over: tcp, resolve: 'here' }), listening: tcp, listenEndpoint });

const [first, second] = [await httpProxy(), await socks4Proxy()];
const socks4 = socks(second.url, { over: tcp });
compliance(runner, { name: 'HTTP CONNECT over TCP', transport: socks(first.url, { over: tcp }), listening: tcp, listenEndpoint, knowsLocal: false });
compliance(runner, { name: 'SOCKS4A over TCP', transport: socks4, listening: tcp, listenEndpoint });
compliance(runner, { name: 'a chain over TCP', transport: socks([first.url, second.url, proxy.url], { over: tcp }), listening: tcp, listenEndpoint });

// A host of two networks, and the only one of either that the other has.
const [outside, inside] = [createNetwork(), createNetwork()];
const client = outside.host('client', ['10.0.0.1', 'fd00::1']);
const [front, back] = [outside.host('proxy', ['10.0.0.2', 'fd00::2']), inside.host('proxy', '192.168.0.1')];
const server = inside.host('db.internal', '192.168.0.2');
const inMemory = await proxyOn(front.tcp, { over: back.tcp, lookup: back.lookup, ...everywhere }, { address: '10.0.0.2', port: 1080, family: 'IPv4' });

compliance(runner, {
  name: 'SOCKS5 in memory',
  transport: socks(inMemory.url, { over: client.tcp }),
  listening: server.tcp,
  listenEndpoint: () => ({ address: '192.168.0.2', port: 0, family: 'IPv4' }),
  nameEndpoint: ({ local }) => ({ host: 'DB.internal.', port: (local as { port: number }).port }),
});
compliance(runner, {
  name: 'BIND in memory, by the name of the proxy',
  transport: server.tcp,
  listening: socks('socks5://proxy:1080', { over: client.tcp, lookup: client.lookup }),
  listenEndpoint: () => ({ address: '192.168.0.1', port: 0, family: 'IPv4' }),
});
