import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ownFolder } from './daemon.mjs';
import { startMariadb } from './mariadb.mjs';
import { startPostgres } from './postgres.mjs';
import { findPrograms } from './programs.mjs';
import { startRedis } from './redis.mjs';

const SERVERS = {
  postgres: { program: 'postgres', package: 'postgresql', start: startPostgres },
  redis: { program: 'redis-server', package: 'redis-server', start: startRedis },
  mariadb: { program: 'mariadbd', package: 'mariadb-server-core', start: startMariadb },
};

const file = (name) => fileURLToPath(new URL(`../../certificate/${name}`, import.meta.url));
const certificate = { cert: file('certificate.pem'), key: file('key.pem') };

/** Downloads the programs of all servers that the system does not have, for later. Returns why some are not available. */
export async function installServers() {
  const folder = mkdtempSync(join(tmpdir(), 'netstrata-servers-'));
  try {
    const programs = await findPrograms(Object.fromEntries(Object.values(SERVERS).map((one) => [one.program, one.package])), folder);
    return Object.values(programs).filter((program) => typeof program === 'string');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Starts servers, each with its own folder, port and socket file.
 * @param {string[]} names
 */
export async function openServers(names) {
  const folder = mkdtempSync(join(tmpdir(), 'netstrata-servers-'));
  chmodSync(folder, 0o755); // they run as another user
  const system = join(folder, 'system');
  mkdirSync(system);
  const wanted = names.map((name) => SERVERS[name]);
  const programs = names.length > 0 ? await findPrograms(Object.fromEntries(wanted.map((one) => [one.program, one.package])), system) : {};
  const stops = [];
  const start = async (name) => {
    const program = programs[SERVERS[name].program];
    if (typeof program === 'string') return { skipped: `${name}: ${program}` };
    try {
      const { stop, where } = await SERVERS[name].start(program, ownFolder(join(folder, name)), certificate);
      stops.push(stop);
      return { where };
    } catch (error) {
      return { failed: error.message };
    }
  };
  /** @type {Record<string, { where?: object, skipped?: string, failed?: string }>} */
  const started = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await start(name)])));
  return {
    started,
    async close() {
      await Promise.all(stops.map((stop) => stop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
