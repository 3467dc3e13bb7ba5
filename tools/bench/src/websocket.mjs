#!/usr/bin/env node
// npm run bench:websocket: WebSockets that come and go: a plain server of `ws`, `accept` of transport-websocket, and a gateway. In turn, each in a fresh process.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { program } from 'commander';
import { WebSocket } from 'ws';

const { rounds, connections, atOnce } = program
  .description('Measures the CPU that a server of WebSockets takes for connections that come, say 12 bytes, hear as many, and go. Needs a build.')
  .option('--rounds <n>', 'how often each is measured', Number, 5)
  .option('--connections <n>', 'for each measurement', Number, 3000)
  .option('--at-once <n>', 'how many are open', Number, 50)
  .parse()
  .opts();

/** A ping of yamux: a gateway answers it, the others send it back. */
const MESSAGE = Buffer.from([0, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0, 7]);

/** One connection, from the first byte to the last. @param {number} port */
function visit(port) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
    socket.on('open', () => socket.send(MESSAGE));
    socket.on('message', () => socket.close(1000));
    socket.on('close', resolve);
    socket.on('error', reject);
  });
}

/** Visits, one after the other, as long as there are some. @param {number} port @param {{ left: number }} visits */
async function visitor(port, visits) {
  while (visits.left-- > 0) await visit(port);
}

/** @param {string} side @returns {Promise<{ user: number, all: number, seconds: number }>} microseconds of CPU for each connection, and seconds in all */
async function measure(side) {
  const child = spawn(process.execPath, [fileURLToPath(new URL('layers/websocket.mjs', import.meta.url)), side], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value);
  const { port } = await next();
  const ask = () => {
    child.stdin.write('cpu\n');
    return next();
  };
  const all = async (/** @type {number} */ left) => {
    const visits = { left };
    await Promise.all(Array.from({ length: atOnce }, () => visitor(port, visits)));
  };
  await all(connections / 3);
  const before = await ask();
  const began = performance.now();
  await all(connections);
  const seconds = (performance.now() - began) / 1000;
  const after = await ask();
  child.stdin.end();
  await once(child, 'exit');
  return { user: (after.user - before.user) / connections, all: (after.all - before.all) / connections, seconds };
}

const median = (/** @type {number[]} */ values) => values.toSorted((one, other) => one - other)[values.length >> 1];

/** @type {Record<string, { user: number, all: number, seconds: number }[]>} */
const measured = { plain: [], accept: [], gateway: [] };
for (let round = 0; round < rounds; round++) {
  const order = Object.keys(measured);
  for (const side of round % 2 === 0 ? order : order.reverse()) measured[side].push(await measure(side));
}
const of = (/** @type {string} */ side, /** @type {'user' | 'all' | 'seconds'} */ what) => median(measured[side].map((one) => one[what]));
for (const side of Object.keys(measured)) {
  console.log(`${side.padEnd(7)} ${Math.round(of(side, 'user'))} µs of user CPU, ${Math.round(of(side, 'all'))} µs of all CPU a connection; ${Math.round(connections / of(side, 'seconds'))} connections a second`);
}
for (const side of ['accept', 'gateway']) {
  console.log(`${side} takes ${(of(side, 'user') / of('plain', 'user')).toFixed(2)} times the user CPU of a plain server, ${(of(side, 'all') / of('plain', 'all')).toFixed(2)} times all CPU`);
}
