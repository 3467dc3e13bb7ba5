#!/usr/bin/env node
// npm run bench:mux: many connections over one against as many of TCP, and against yamux-js; through a gateway, against yamux-js over ws. In turn, the far end in a process of its own.
// What counts is the CPU time of both processes for the same work, the median of all rounds. Needs a build.
import { createGateway } from '@netstrata/gateway';
import { tunnel } from '@netstrata/gateway/tunnel';
import { createNet } from '@netstrata/net-compat/core';
import { mux, muxSession } from '@netstrata/transport-mux';
import { tcp } from '@netstrata/transport-tcp';
import Table from 'cli-table3';
import { program } from 'commander';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import nodeNet from 'node:net';
import { fileURLToPath } from 'node:url';
import { createWebSocketStream, WebSocket, WebSocketServer } from 'ws';
import { Client, Server } from 'yamux-js';

const quiet = { enableKeepAlive: false, logger() {} };
const plain = createNet({ tcp });
const loopback = { address: '127.0.0.1', port: 0, family: 'IPv4' };
const WINDOW = 262_144;
const LARGE_WINDOW = 1_048_576;

/** The first byte of what is not to come back. */
const COUNT = 1;
const echo = (socket) => {
  let [isFirst, counts] = [true, false];
  socket.on('error', () => {}).on('data', (chunk) => {
    if (isFirst) counts = chunk[0] === COUNT;
    isFirst = false;
    if (!counts) socket.write(chunk);
  }).on('end', () => socket.end());
};

/** Microseconds, of user and system. */
function used() {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** The far end: everything is echoed, over bare TCP, over a session of ours, over one of yamux-js; or counted, where the first byte says so. */
async function serve() {
  process.on('message', () => process.send(used()));
  const bare = plain.createServer(echo);
  await once(bare.listen(0, '127.0.0.1'), 'listening');
  const theirs = nodeNet.createServer((socket) => socket.pipe(new Server(echo, quiet)).pipe(socket));
  await once(theirs.listen(0, '127.0.0.1'), 'listening');
  const gate = createServer();
  createGateway({ server: gate, allow: ['127.0.0.1'] });
  await once(gate.listen(0, '127.0.0.1'), 'listening');
  const passOn = (stream) => {
    const socket = nodeNet.connect(bare.address().port, '127.0.0.1').on('error', () => {});
    stream.on('error', () => {}).pipe(socket).pipe(stream);
  };
  const their = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  their.on('connection', (socket) => {
    const carrier = createWebSocketStream(socket);
    carrier.on('error', () => {}).pipe(new Server(passOn, quiet)).pipe(carrier);
  });
  await once(their, 'listening');
  const ports = [bare, theirs, gate, their].map((server) => server.address().port);
  /** Sessions with this window, and where they are dialled. @returns {Promise<number>} */
  const sessions = (window) => new Promise((resolve) => {
    const listener = tcp.listen(loopback, {
      onListening: () => resolve(listener.local.port),
      onConnection: (connection) => createNet({ ipc: muxSession(connection, { side: 'acceptor', window }) }).createServer(echo).listen('far').on('error', () => {}),
      onAcceptError() {},
      onClose() {},
    });
  });
  process.send([ports[0], await sessions(WINDOW), ...ports.slice(1), await sessions(LARGE_WINDOW)]);
}

/** Sends so many pieces on one stream, the next as soon as there is room, until all are back. */
async function bulk(stream, size, count) {
  const piece = Buffer.alloc(size);
  let [sent, received] = [0, 0];
  const send = () => {
    while (sent < count) if (sent++, !stream.write(piece)) break;
  };
  await new Promise((resolve) => {
    stream.on('drain', send);
    stream.on('data', ({ length }) => (received += length) === size * count && resolve());
    send();
  });
}

/** Sends so many pieces on one stream, and the end; until the far end, which has read them all, has ended too. */
async function oneWay(stream, size, count) {
  const piece = Buffer.alloc(size, COUNT);
  let sent = 0;
  const send = () => {
    while (sent < count) if (sent++, !stream.write(piece)) return;
    stream.end();
  };
  stream.on('drain', send).resume();
  send();
  await once(stream, 'end');
}

/** A message there and back, on each stream one after the other. */
async function echoes(streams, size, count) {
  const message = Buffer.alloc(size);
  await Promise.all(streams.map((stream) => new Promise((resolve) => {
    let [left, received] = [count, 0];
    stream.on('data', ({ length }) => {
      received += length;
      for (; received >= size; received -= size) {
        if (--left === 0) resolve();
        else stream.write(message);
      }
    });
    stream.write(message);
  })));
}

function overMux(port, window) {
  const shared = mux((sink) => tcp.connect({ ...loopback, port }, sink), { window });
  const net = createNet({ ipc: shared });
  return { dial: () => net.connect('far'), leave: () => shared.close() };
}

/** What dials `count` streams, and how to leave. @type {Record<string, (ports: number[]) => { dial(): any, leave(): void }>} */
const ways = {
  TCP: ([port]) => ({ dial: () => plain.connect(port, '127.0.0.1'), leave() {} }),
  mux: ([, port]) => overMux(port, WINDOW),
  'mux, windows of 1 MiB': ([,,,,, port]) => overMux(port, LARGE_WINDOW),
  'yamux-js': ([,, port]) => {
    const client = new Client(quiet);
    const socket = nodeNet.connect(port, '127.0.0.1').on('error', () => {});
    socket.pipe(client).pipe(socket);
    return { dial: () => client.open(), leave: () => socket.destroy() };
  },
  tunnel: ([port,,, gate]) => {
    const way = tunnel(`ws://127.0.0.1:${gate}/`);
    const net = createNet({ tcp: way });
    return { dial: () => net.connect(port, '127.0.0.1'), leave: () => way.close() };
  },
  'yamux-js over ws': ([,,,, port]) => {
    const client = new Client(quiet);
    const carrier = createWebSocketStream(new WebSocket(`ws://127.0.0.1:${port}/`, { perMessageDeflate: false }));
    carrier.on('error', () => {}).pipe(client).pipe(carrier);
    return { dial: () => client.open(), leave: () => carrier.destroy() };
  },
};

/** @returns {Promise<{ cpu: number, wall: number }>} microseconds of both processes together, and milliseconds */
async function measure(child, ports, way, task, streams) {
  const all = async () => {
    child.send('used');
    const [far] = await once(child, 'message');
    return far + used();
  };
  const { dial, leave } = ways[way](ports);
  const dialled = Array.from({ length: streams }, () => dial().on('error', () => {}));
  const before = await all();
  const start = performance.now();
  await task(dialled);
  const wall = performance.now() - start;
  const cpu = await all() - before;
  for (const one of dialled) one.destroy();
  leave();
  return { cpu, wall };
}

const median = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1];

async function main({ rounds, scale }) {
  const child = fork(fileURLToPath(import.meta.url), ['serve']);
  const [ports] = await once(child, 'message');
  // yamux-js waits 100 ms whenever a window is used up: its bulk would take minutes, and says nothing.
  /** @type {[string, (streams: any[]) => Promise<unknown>, number, string[]][]} */
  const tasks = [
    ['64 KiB, one way', ([stream]) => oneWay(stream, 65_536, Math.ceil(8000 * scale)), 1, ['TCP', 'mux', 'mux, windows of 1 MiB']],
    ['64 KiB, there and back', ([stream]) => bulk(stream, 65_536, Math.ceil(4000 * scale)), 1, ['TCP', 'mux', 'mux, windows of 1 MiB']],
    ['64 B, there and back, on 100 streams', (streams) => echoes(streams, 64, Math.ceil(1000 * scale)), 100, ['TCP', 'mux', 'yamux-js']],
    ['the same through a gateway', (streams) => echoes(streams, 64, Math.ceil(1000 * scale)), 100, ['yamux-js over ws', 'tunnel']],
  ];
  const table = new Table({ head: ['', 'over', 'CPU, ms', 'CPU of the first ÷ this', 'time, ms', 'time of the first ÷ this'], style: { head: [], border: [] } });
  for (const [title, task, streams, compared] of tasks) {
    const results = Object.fromEntries(compared.map((way) => [way, []]));
    for (let round = 0; round < rounds; round++) {
      for (const way of compared) results[way].push(await measure(child, ports, way, task, streams));
    }
    const of = (way, what) => median(results[way].map((one) => one[what]));
    for (const way of compared) {
      const [cpu, wall] = [of(way, 'cpu'), of(way, 'wall')];
      table.push([title, way, (cpu / 1000).toFixed(0), (of(compared[0], 'cpu') / cpu).toFixed(2), wall.toFixed(0), (of(compared[0], 'wall') / wall).toFixed(2)]);
    }
  }
  console.log(table.toString());
  child.kill();
}

if (process.argv[2] === 'serve') await serve();
else {
  program.description('Many connections over one: yamux against TCP, and against yamux-js. Needs a build.')
    .option('--rounds <count>', 'rounds', Number, 5).option('--scale <factor>', 'how much of the work', Number, 1);
  await main(/** @type {any} */ (program.parse().opts()));
  process.exit();
}
