import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cleanups } from '../cleanup.mjs';
import { source } from '../paths.mjs';
import { moduleOf } from '../sides.mjs';
import { Child } from './child.mjs';
import { pinned } from './cores.mjs';

/** @typedef {import('./measure.mjs').Settings} Settings */

/** Limit for steps of a process that should take no time. */
const PROMPT = 20;

/**
 * Starts a server and a load for it, lets `body` talk to both, and ends both.
 * @template T
 * @param {import('../sides.mjs').Side} side @param {string} name @param {import('../cases.mjs').Load} load @param {Settings} settings
 * @param {(ask: (what: 'cpu' | 'memory') => Promise<any>, client: Child) => Promise<T>} body
 */
export async function withServer(side, name, load, settings, body) {
  const module = moduleOf(side, '@netstrata/net-compat');
  const folder = mkdtempSync(join(tmpdir(), 'netstrata-bench-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  cleanups.add(remove);
  const args = [source('server.mjs'), module, name, settings.medium === 'ipc' ? join(folder, 'socket') : ''];
  const server = new Child(`the server (${side.name})`, pinned(settings.cores?.server, [...side.command, ...args]));
  let client;
  try {
    const { listening } = await server.json(PROMPT);
    const figures = [load.mode, listening, load.connections, load.bytes, ...countsOf(load, settings.scale)];
    client = new Child('the load generator', pinned(settings.cores?.load, [...settings.generator.command, ...figures.map(String)]));
    const ask = (/** @type {string} */ what) => {
      server.say(what);
      return server.json(PROMPT);
    };
    return await body(ask, client);
  } catch (error) {
    // When the server dies, the load is often first to report a problem.
    await sleep(100);
    throw server.gone ?? error;
  } finally {
    client?.kill();
    server.kill();
    remove();
    cleanups.delete(remove);
  }
}

/** The amounts for the warm-up and for the measurement. @param {import('../cases.mjs').Load} load @param {number} scale */
function countsOf({ count = 1 }, scale) {
  const counted = Math.max(1, Math.round(count * scale));
  return [Math.max(1, Math.round(counted / 3)), counted];
}

/** The values of a line "done COUNT SECONDS". @param {string} line */
export function outcome(line) {
  const [word, done, seconds] = line.split(' ');
  if (word !== 'done') throw new Error(`the load generator said ${line}`);
  return { done: Number(done), seconds: Number(seconds) };
}
