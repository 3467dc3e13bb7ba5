import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ownFolder } from '@netstrata/integration/src/servers/daemon.mjs';
import { startPostgres } from '@netstrata/integration/src/servers/postgres.mjs';
import { startRedis } from '@netstrata/integration/src/servers/redis.mjs';
import { programOf } from '@netstrata/peers/src/programs.mjs';
import { startMosquitto } from './mosquitto.mjs';
import { fill } from './planets.mjs';
import { startSmtp } from './smtp.mjs';
import { startTlsFront } from './tls-front.mjs';

const PROGRAMS = {
  postgres: ['postgres', startPostgres],
  redis: ['redis-server', startRedis],
  mosquitto: ['mosquitto', startMosquitto],
};

const file = (name) => fileURLToPath(new URL(`../../../tools/integration/certificate/${name}.pem`, import.meta.url));
const certificate = { cert: file('certificate'), key: file('key') };

/** What signed the certificate of PostgreSQL and of Redis with TLS: itself, in PEM. */
export const ca = readFileSync(certificate.cert, 'utf8');

/**
 * Starts PostgreSQL, Redis and Mosquitto of Debian, and a server for mail, each on a free port of 127.0.0.1.
 * @returns {Promise<{ where: Record<string, object>, missing: string[], mails: object[], close(): Promise<void> }>} `missing` says what is not there, and why
 */
export async function openServers() {
  const folder = mkdtempSync(join(tmpdir(), 'netstrata-browser-'));
  chmodSync(folder, 0o755); // they run as another user
  const missing = [];
  const smtp = await startSmtp();
  const running = { smtp };
  await Promise.all(Object.entries(PROGRAMS).map(async ([name, [program, start]]) => {
    const found = await programOf(program);
    if (typeof found === 'string') missing.push(`${name}: ${found}`);
    else running[name] = await start(found, ownFolder(join(folder, name)), certificate);
  }));
  if (running.postgres) await fill(running.postgres.where);
  if (running.redis) {
    const { port, stop } = await startTlsFront(running.redis.where, { cert: ca, key: readFileSync(certificate.key) });
    running.rediss = { where: { ...running.redis.where, port }, stop };
  }
  return {
    // By the name that stands in their certificate.
    where: Object.fromEntries(Object.entries(running).map(([name, { where }]) => [name, { ...where, host: 'localhost' }])),
    missing,
    mails: smtp.mails,
    async close() {
      await Promise.all(Object.values(running).map(({ stop }) => stop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
