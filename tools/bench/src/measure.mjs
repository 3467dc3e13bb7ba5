import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cases } from './cases.mjs';

const file = (/** @type {string} */ name) => fileURLToPath(new URL(name, import.meta.url));

/**
 * @typedef {object} Options
 * @property {string} runtime the binary that runs the server
 * @property {number} seconds how long a measurement lasts
 * @property {'tcp' | 'ipc'} medium
 */

/**
 * One measurement in fresh processes.
 * @param {string} moduleName @param {string} caseName @param {Options} options
 * @returns {Promise<{ perOperation: number, perSecond: number, unit: string }>} CPU microseconds or bytes of one operation
 */
export async function measure(moduleName, caseName, options) {
  const { client: shape, alone } = cases[caseName];
  if (alone) {
    const { cpuMicros, done, seconds } = await answer(start('alone.mjs', [moduleName, alone, options.seconds], options));
    return { perOperation: cpuMicros / done, perSecond: done / seconds, unit: 'µs' };
  }
  const folder = mkdtempSync(join(tmpdir(), 'netstrata-bench-'));
  const server = start('server.mjs', [moduleName, caseName, options.medium === 'ipc' ? join(folder, 'socket') : ''], options);
  try {
    const { listening } = await answer(server);
    const empty = await ask(server);
    const client = fork(file('client.mjs'), [JSON.stringify(shape), String(listening), String(options.seconds)]);
    const first = await answer(client);
    const before = await ask(server);
    if (shape.kind === 'hold') {
      client.send('stop');
      return { perOperation: (before.bytes - empty.bytes) / first.done, perSecond: 0, unit: 'B' };
    }
    client.send('go');
    const { done, seconds } = await answer(client);
    const after = await ask(server);
    client.send('stop');
    return { perOperation: (after.cpuMicros - before.cpuMicros) / done, perSecond: done / seconds, unit: 'µs' };
  } finally {
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} name @param {unknown[]} args @param {Options} options */
function start(name, args, options) {
  return fork(file(name), args.map(String), { execPath: options.runtime, execArgv: ['--expose-gc'] });
}

/** @param {import('node:child_process').ChildProcess} child */
async function answer(child) {
  const gone = once(child, 'exit').then(([code]) => { throw new Error(`a process of the benchmark ended with ${code}`); });
  const [message] = await Promise.race([once(child, 'message'), gone]);
  gone.catch(() => {});
  return message;
}

/** @param {import('node:child_process').ChildProcess} child */
function ask(child) {
  const reply = answer(child);
  child.send('figures');
  return reply;
}

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
