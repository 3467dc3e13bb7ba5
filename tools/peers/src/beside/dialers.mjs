import { createNet } from '@netstrata/net-compat/core';
import { socks } from '@netstrata/transport-socks';
import { tcp } from '@netstrata/transport-tcp';
import { EventEmitter, once } from 'node:events';
import { ProxyAgent } from 'proxy-agent';
import { SocksClient } from 'socks';
import { SocksProxyAgent } from 'socks-proxy-agent';

/** @typedef {(host: string, port: number, options?: { allowHalfOpen?: boolean }) => Promise<import('node:net').Socket>} Dial */

/** A request that nobody sends: agents look at it, and wait until it has its socket. */
const requestOf = () => Object.assign(new EventEmitter(), { getHeader: () => undefined, setHeader() {}, path: '/', _header: null });

async function byAgent(agent, options) {
  const request = requestOf();
  const socket = await agent.connect(request, options);
  request.emit('socket', socket);
  return socket;
}

/** @param {string} url @returns {Dial} */
function overNet(url) {
  const net = createNet({ tcp: socks(url, { over: tcp }) });
  return async (host, port, options) => {
    const socket = net.connect({ host, port, ...options });
    await once(socket, 'connect');
    return socket;
  };
}

/** @param {string} url @returns {Dial} */
function byProxyAgent(url) {
  const outer = new ProxyAgent({ getProxyForUrl: () => url });
  return async (host, port) => {
    const inner = await outer.connect(requestOf(), { host, port, secureEndpoint: true });
    return byAgent(inner, { host, port, secureEndpoint: false });
  };
}

/** Those that dial through SOCKS5, by the package. @type {Record<string, (port: number) => Dial>} */
export const SOCKS = {
  'transport-socks': (port) => overNet(`socks5://127.0.0.1:${port}`),
  socks: (port) => async (host, at) =>
    (await SocksClient.createConnection({ proxy: { host: '127.0.0.1', port, type: 5 }, command: 'connect', destination: { host, port: at } })).socket,
  'socks-proxy-agent': (port) => {
    const agent = new SocksProxyAgent(`socks5h://127.0.0.1:${port}`);
    return (host, at) => byAgent(agent, { host, port: at, secureEndpoint: false });
  },
  'proxy-agent': (port) => byProxyAgent(`socks5h://127.0.0.1:${port}`),
};

/** Those that dial through HTTP CONNECT. @type {typeof SOCKS} */
export const CONNECT = {
  'transport-socks': (port) => overNet(`http://127.0.0.1:${port}`),
  'proxy-agent': (port) => byProxyAgent(`http://127.0.0.1:${port}`),
};
