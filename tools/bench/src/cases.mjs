/**
 * What is measured. The kind says how:
 *
 * - served: a server meets a load; the server's CPU time per operation, and operations per second
 * - idle: how much the server's memory grows for a connection that does nothing
 * - work: calls in a separate process, without a connection
 * - start: milliseconds of CPU time until a new process has loaded the module, or has used it
 */
import { pipeline } from 'node:stream';
import { blockList } from './calls/block-list.mjs';
import { isIP } from './calls/is-ip.mjs';
import { linesByByteReader, linesByHand, linesByReader, linesOfBytes } from './lines/serve.mjs';

/** @typedef {import('node:net')} Net */
/** @typedef {import('node:net').Socket} Socket */
/** @typedef {{ mode: 'echo' | 'lines' | 'burst' | 'churn' | 'send' | 'recv' | 'hold', connections: number, bytes: number, count?: number }} Load `count` operations are measured */
/**
 * @typedef {object} Served
 * @property {'served' | 'idle'} kind
 * @property {string} title
 * @property {string} operation what is counted
 * @property {(socket: Socket, dial: () => Socket) => unknown} serve what the server does with a connection; `dial` connects to `upstream`
 * @property {(socket: Socket) => void} [upstream] a second server of the same process
 * @property {object} [options] of the server, beside noDelay
 * @property {string} [layer] of netstrata's side: a file in layers/
 * @property {Load} load what load.c does
 */
/** @typedef {{ kind: 'work', title: string, operation: string, module: string, prepare: (module: any) => () => number }} Work */
/** @typedef {{ kind: 'start', title: string, operation: string, how: 'import' | 'require' | 'register' | 'echo' }} Start */

const piece = Buffer.alloc(64, 'a');
const text = 'a'.repeat(64);
const large = Buffer.alloc(65_536, 'a');

const echo = (/** @type {Socket} */ socket) => void socket.on('data', (data) => socket.write(data));
const pipe = (/** @type {Socket} */ socket) => void socket.pipe(socket);
const drop = (/** @type {Socket} */ socket) => void socket.on('data', () => {});

/** @param {Buffer | string} chunk @returns {(socket: Socket) => void} */
const burst = (chunk) => (socket) => void socket.on('data', () => { for (let i = 0; i < 32; i++) socket.write(chunk); });

/** Writes until it has to wait. Now and then the event loop gets a turn: where the system takes everything at once, 'drain' would never let it. @param {Socket} socket */
function fill(socket) {
  let count = 0;
  const more = () => {
    do {
      if (++count % 64 === 0) return void setImmediate(more);
    } while (socket.write(large));
  };
  socket.on('drain', more).resume();
  more();
}

/** @param {Socket} socket */
function echoWithTimeout(socket) {
  socket.setTimeout(60_000);
  echo(socket);
}

/** @type {(socket: Socket, dial: () => Socket) => void} */
const proxy = (socket, dial) => void pipeline(socket, dial(), socket, () => {});

/** @param {string} title @param {string} operation @param {Served['serve']} serve @param {Load} load @returns {Served} */
const served = (title, operation, serve, load) => ({ kind: 'served', title, operation, serve, load });

/** @type {Record<string, Served | Work | Start>} */
export const cases = {
  'echo-64': served('echo 64 B, 50 connections', 'message', echo, { mode: 'echo', connections: 50, bytes: 64, count: 100_000 }),
  'echo-64x500': served('echo 64 B, 500 connections', 'message', echo, { mode: 'echo', connections: 500, bytes: 64, count: 100_000 }),
  'echo-300': served('echo 300 B, 50 connections', 'message', echo, { mode: 'echo', connections: 50, bytes: 300, count: 100_000 }),
  'echo-4k': served('echo 4 KiB, 100 connections', 'message', echo, { mode: 'echo', connections: 100, bytes: 4096, count: 80_000 }),
  'echo-16k': served('echo 16 KiB, 50 connections', 'message', echo, { mode: 'echo', connections: 50, bytes: 16_384, count: 40_000 }),
  'echo-64k': served('echo 64 KiB, 16 connections', 'message', echo, { mode: 'echo', connections: 16, bytes: 65_536, count: 15_000 }),
  'pooled-64': { ...served('echo 64 B, 50 connections, pooled reads', 'message', echo, { mode: 'echo', connections: 50, bytes: 64, count: 100_000 }), options: { pooledReads: true } },
  timeout: served('echo 64 B, 500 connections with setTimeout', 'message', echoWithTimeout, { mode: 'echo', connections: 500, bytes: 64, count: 100_000 }),
  burst: served('32 writes of 64 B in a tick', 'burst', burst(piece), { mode: 'burst', connections: 50, bytes: 64, count: 15_000 }),
  'burst-text': served('32 writes of 64 characters in a tick', 'burst', burst(text), { mode: 'burst', connections: 50, bytes: 64, count: 15_000 }),
  lines: served('line server on data, 32 B, one at a time', 'line', linesByHand, { mode: 'lines', connections: 50, bytes: 32, count: 100_000 }),
  'lines-x64': served('line server on data, 64 lines of 32 B', '64 lines', linesByHand, { mode: 'lines', connections: 50, bytes: 2048, count: 10_000 }),
  'lines-bytes': served('line server on data, by bytes, 32 B, one at a time', 'line', linesOfBytes, { mode: 'lines', connections: 50, bytes: 32, count: 100_000 }),
  'lines-bytes-x64': served('line server on data, by bytes, 64 lines of 32 B', '64 lines', linesOfBytes, { mode: 'lines', connections: 50, bytes: 2048, count: 10_000 }),
  'lines-sync': served('line server with a ByteReader, 32 B, one at a time', 'line', linesByByteReader, { mode: 'lines', connections: 50, bytes: 32, count: 100_000 }),
  'lines-sync-x64': served('line server with a ByteReader, 64 lines of 32 B', '64 lines', linesByByteReader, { mode: 'lines', connections: 50, bytes: 2048, count: 10_000 }),
  'lines-reader': served('line server with a reader, 32 B, one at a time', 'line', linesByReader, { mode: 'lines', connections: 50, bytes: 32, count: 100_000 }),
  'lines-reader-x64': served('line server with a reader, 64 lines of 32 B', '64 lines', linesByReader, { mode: 'lines', connections: 50, bytes: 2048, count: 10_000 }),
  'pipe-16k': served('pipe 16 KiB, 50 connections', 'message', pipe, { mode: 'echo', connections: 50, bytes: 16_384, count: 50_000 }),
  'proxy-16k': { ...served('pipeline to an upstream and back, 16 KiB', 'message', proxy, { mode: 'echo', connections: 50, bytes: 16_384, count: 20_000 }), upstream: pipe },
  'proxy-16k-socks': { ...served('the same, the upstream behind a SOCKS5 proxy', 'message', proxy, { mode: 'echo', connections: 50, bytes: 16_384, count: 20_000 }), layer: 'socks', upstream: pipe },
  'echo-64-guard': { ...served('echo 64 B under a policy', 'message', echo, { mode: 'echo', connections: 50, bytes: 64, count: 100_000 }), layer: 'guard' },
  'burst-guard': { ...served('32 writes of 64 B in a tick, under a policy', 'burst', burst(piece), { mode: 'burst', connections: 50, bytes: 64, count: 15_000 }), layer: 'guard' },
  'churn-guard': { ...served('connect, echo 5 B, close, under a policy', 'connection', echo, { mode: 'churn', connections: 32, bytes: 5, count: 15_000 }), layer: 'guard' },
  'echo-64-proxy-protocol': { ...served('echo 64 B behind a listener for the PROXY protocol', 'message', echo, { mode: 'echo', connections: 50, bytes: 64, count: 100_000 }), layer: 'proxy-protocol' },
  'pipe-16k-proxy-protocol': { ...served('pipe 16 KiB behind a listener for the PROXY protocol', 'message', pipe, { mode: 'echo', connections: 50, bytes: 16_384, count: 50_000 }), layer: 'proxy-protocol' },
  'churn-proxy-protocol': { ...served('connect, echo 5 B, close, behind a listener for the PROXY protocol', 'connection', echo, { mode: 'churn', connections: 32, bytes: 5, count: 15_000 }), layer: 'proxy-protocol' },
  'bulk-out': served('bulk out, writes of 64 KiB', 'MiB', fill, { mode: 'recv', connections: 1, bytes: 262_144, count: 2_000 }),
  'bulk-in': served('bulk in', 'MiB', drop, { mode: 'send', connections: 1, bytes: 262_144, count: 1_500 }),
  churn: served('connect, echo 5 B, close', 'connection', echo, { mode: 'churn', connections: 32, bytes: 5, count: 15_000 }),
  idle: { kind: 'idle', title: 'memory of an idle connection', operation: 'connection', serve: echo, load: { mode: 'hold', connections: 12_000, bytes: 5 } },
  'is-ip': { kind: 'work', title: 'isIP, valid and invalid', operation: 'call', module: '@netstrata/ip-utils', prepare: isIP },
  'block-list': { kind: 'work', title: 'BlockList.check, 10,000 rules', operation: 'call', module: '@netstrata/ip-utils/block-list', prepare: blockList },
  import: { kind: 'start', title: 'import()', operation: 'import', how: 'import' },
  require: { kind: 'start', title: 'require()', operation: 'require', how: 'require' },
  register: { kind: 'start', title: 'require() of register', operation: 'require', how: 'register' },
  'first-echo': { kind: 'start', title: 'loading, and the first echo', operation: 'process', how: 'echo' },
};
