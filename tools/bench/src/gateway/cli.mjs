#!/usr/bin/env node
// npm run bench:gateway: what carriers and streams cost a gateway in memory, idle, and with clients that do not read.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { tunnel } from '@netstrata/gateway/tunnel';
import Table from 'cli-table3';
import { program } from 'commander';
import { count } from '../options.mjs';
import { silentServer } from './target.mjs';

const options = program
  .name('bench:gateway')
  .description('Measures the resident memory of a gateway in a process of its own, over the loopback. Linux; needs a build.')
  .option('--carriers <n>', 'carriers', count, 1000)
  .option('--streams <n>', 'streams of each of them', count, 10)
  .parse().opts();

/** So many dials are under way at a time. */
const AT_ONCE = 50;

const child = fork(fileURLToPath(new URL('program.mjs', import.meta.url)), { execArgv: ['--expose-gc'] });
const [{ port }] = await once(child, 'message');
const server = await silentServer();

/** @returns {Promise<{ resident: number, carriers: number, streams: number }>} */
async function measured() {
  child.send('measure');
  return (await once(child, 'message'))[0];
}

/** A connection that nobody reads. @param {import('@netstrata/gateway/tunnel').Tunnel} way */
const dial = (way) => new Promise((resolve, reject) => {
  const nothing = () => {};
  const endpoint = /** @type {const} */ ({ address: '127.0.0.1', port: server.port, family: 'IPv4' });
  const sink = { onConnect: () => resolve(null), onClose: reject, onData: nothing, onEnd: nothing, onWriteDone: nothing, onShutdownDone: nothing };
  way.connect(endpoint, sink);
});

/** One more stream on each carrier. @param {import('@netstrata/gateway/tunnel').Tunnel[]} ways */
async function oneMore(ways) {
  for (let i = 0; i < ways.length; i += AT_ONCE) await Promise.all(ways.slice(i, i + AT_ONCE).map(dial));
}

const ways = Array.from({ length: options.carriers }, () => tunnel(`ws://127.0.0.1:${port}/`));
const before = await measured();
await oneMore(ways);
const carriers = await measured();
for (let i = 1; i < options.streams; i++) await oneMore(ways);
const idle = await measured();
const taken = await server.fill();
const stopped = await measured();

const mib = (/** @type {number} */ bytes) => (bytes / 2 ** 20).toFixed(1);
const kib = (/** @type {number} */ bytes, /** @type {number} */ among) => (among > 0 ? (bytes / among / 1024).toFixed(1) : '');
const table = new Table({ head: ['', 'carriers', 'streams', 'resident, MiB', 'KiB for each more'] });
table.push(
  ['empty', before.carriers, before.streams, mib(before.resident), ''],
  ['a stream on each carrier', carriers.carriers, carriers.streams, mib(carriers.resident), kib(carriers.resident - before.resident, carriers.carriers)],
  ['all streams, idle', idle.carriers, idle.streams, mib(idle.resident), kib(idle.resident - carriers.resident, idle.streams - carriers.streams)],
  ['all streams, none of them read', stopped.carriers, stopped.streams, mib(stopped.resident), kib(stopped.resident - idle.resident, stopped.streams)],
);
console.log(table.toString());
console.log(`Of each stream that is not read ${kib(taken, stopped.streams)} KiB were taken from its destination, by the kernel and the tunnel together.`);

for (const way of ways) way.close();
server.close();
child.disconnect();
