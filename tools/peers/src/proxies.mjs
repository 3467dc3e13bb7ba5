import { Server } from 'proxy-chain';
import { startDante } from './socks-proxies.mjs';

/** A proxy for HTTP CONNECT. */
async function startProxyChain() {
  const server = new Server({ port: 0, host: '127.0.0.1' });
  await server.listen();
  return { port: server.port, stop: () => server.close(true) };
}

/** A proxy of each kind, by the scheme of its URL; text says why one is not there. @returns {Promise<{ started: Record<string, { port: number } | string>, close(): Promise<unknown> }>} */
export async function openProxies() {
  // Not microsocks: it stands still where both sides of a connection write more than they read.
  const started = { socks5: await startDante(), http: await startProxyChain() };
  return { started, close: () => Promise.all(Object.values(started).map((proxy) => proxy.stop?.())) };
}
