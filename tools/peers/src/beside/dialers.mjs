import { createNet } from '@netstrata/net-compat/core';
import { socks } from '@netstrata/transport-socks';
import { tcp } from '@netstrata/transport-tcp';
import { once } from 'node:events';
import { ProxyAgent } from 'proxy-agent';
import { SocksClient } from 'socks';
import { SocksProxyAgent } from 'socks-proxy-agent';

/** @typedef {(host: string, port: number, options?: { allowHalfOpen?: boolean }) => Promise<import('node:net').Socket>} Dial */

/** A request that nobody sends: agents look at it. */
const request = { once() {}, emit() {}, getHeader: () => undefined, setHeader() {}, path: '/', _header: null };

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
    const inner = await outer.connect(request, { host, port, secureEndpoint: true });
    return inner.connect(request, { host, port, secureEndpoint: false });
  };
}

/** Those that dial through SOCKS5, by the package. @type {Record<string, (port: number) => Dial>} */
export const SOCKS = {
  'transport-socks': (port) => overNet(`socks5://127.0.0.1:${port}`),
  socks: (port) => async (host, at) =>
    (await SocksClient.createConnection({ proxy: { host: '127.0.0.1', port, type: 5 }, command: 'connect', destination: { host, port: at } })).socket,
  'socks-proxy-agent': (port) => {
    const agent = new SocksProxyAgent(`socks5h://127.0.0.1:${port}`);
    return (host, at) => agent.connect(request, { host, port: at, secureEndpoint: false });
  },
  'proxy-agent': (port) => byProxyAgent(`socks5h://127.0.0.1:${port}`),
};

/** Those that dial through HTTP CONNECT. @type {typeof SOCKS} */
export const CONNECT = {
  'transport-socks': (port) => overNet(`http://127.0.0.1:${port}`),
  'proxy-agent': (port) => byProxyAgent(`http://127.0.0.1:${port}`),
};
