import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@netstrata/integration/src/servers/daemon.mjs';
import { Server } from 'proxy-chain';
import { programOf } from './programs.mjs';

/** Longer than the tests can take: programs exit then, even if we are gone. */
const LIFETIME_S = 900;

/** Waits until somebody listens. */
async function listening(port, child) {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${child.spawnargs[0]} has exited with ${child.exitCode}`);
    const socket = net.connect(port, '127.0.0.1');
    const isThere = await new Promise((resolve) => void socket.on('connect', () => resolve(true)).on('error', () => resolve(false)));
    socket.destroy();
    if (isThere) return;
    await sleep(20);
  }
}

/** @returns {Promise<{ port: number, close(): Promise<unknown> } | { skipped: string }>} */
export async function openMicrosocks(...args) {
  const program = await programOf('microsocks');
  if (typeof program === 'string') return { skipped: program };
  const port = await freePort();
  const child = spawn('timeout', [`${LIFETIME_S}`, program.file, '-i', '127.0.0.1', '-p', `${port}`, ...args], { env: { ...process.env, ...program.env }, stdio: 'ignore' });
  const ended = once(child, 'close');
  await listening(port, child);
  return {
    port,
    close() {
      child.kill();
      return ended;
    },
  };
}

/** @returns {Promise<{ port: number, close(): Promise<unknown> } | { skipped: string }>} */
export async function openDante() {
  const program = await programOf('danted');
  if (typeof program === 'string') return { skipped: program };
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'netstrata-dante-'));
  const file = join(folder, 'danted.conf');
  const everywhere = 'from: 0.0.0.0/0 to: 0.0.0.0/0';
  writeFileSync(file, [
    'logoutput: stderr', `internal: 127.0.0.1 port = ${port}`, 'external: 127.0.0.1', 'clientmethod: none', 'socksmethod: none', 'user.unprivileged: nobody',
    `client pass { ${everywhere} }`, `socks pass { ${everywhere} command: connect bind bindreply }`,
  ].join('\n'));
  const child = spawn('timeout', [`${LIFETIME_S}`, program.file, '-f', file], { env: { ...process.env, ...program.env }, stdio: 'ignore' });
  const ended = once(child, 'close');
  await listening(port, child);
  return {
    port,
    async close() {
      child.kill();
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

/** HTTP CONNECT. @param {{ username: string, password: string }} [credentials] */
export async function openProxyChain(credentials) {
  const prepareRequestFunction = ({ username, password }) => ({ requestAuthentication: username !== credentials?.username || password !== credentials?.password });
  const server = new Server({ port: 0, host: '127.0.0.1', ...(credentials && { prepareRequestFunction }) });
  await server.listen();
  return { port: server.port, close: () => server.close(true) };
}

/** One of each kind, by the scheme of its URL. */
export async function openProxies() {
  const started = { socks5: await openDante(), http: await openProxyChain() };
  return { started, close: () => Promise.all(Object.values(started).map((proxy) => proxy.close?.())) };
}
