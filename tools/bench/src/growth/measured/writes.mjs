import { Counter, cpuOf, listening, memory, memoryOfEach, steadyCpuOf, turn } from './tools.mjs';

const PIECE = Buffer.alloc(16_384);
const chunk = Buffer.alloc(16, 'x');
const MORE = 1000;
const WARM = 20_000;

/** @typedef {import('node:net').Socket} Socket */
/** @typedef {(() => void) | undefined} Callback */

/**
 * @param {typeof import('node:net')} net @param {number} size @param {import('./peer.mjs').Peer} peer
 * @param {import('../program.mjs').Times} times
 */
export async function measure(net, size, peer, times) {
  /** @type {Socket[]} */
  const sockets = [];
  const accepted = new Counter();
  // So that 'drain' tells in any case.
  const server = net.createServer({ highWaterMark: 1024 }, (socket) => {
    sockets.push(socket);
    accepted.up();
  });
  await listening(server);
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

  /** Sockets with a peer that does not read, and for which the system takes nothing more: as many as give something to measure. */
  const full = async () => {
    const count = size < MORE ? times(100) : 1;
    await Promise.all([peer.ask({ what: 'more', port, count }), accepted.reach(accepted.count + count)]);
    await Promise.all(sockets.map(fill));
    return sockets.splice(0);
  };
  /** The peer reads everything. @param {Socket[]} those */
  const emptied = async (those) => {
    const drained = new Counter();
    for (const socket of those) socket.on('drain', () => drained.up());
    await Promise.all([peer.ask({ what: 'read', port, count: 0 }), drained.reach(those.length)]);
  };
  const done = () => peer.ask({ what: 'less', port, count: 0 });

  /** What a write costs, and its leaving. @param {number} count of a socket @param {Callback} callback */
  const cost = async (count, callback) => {
    const those = await full();
    const write = await cpuOf(count * those.length, () => queue(those, count, callback));
    await turn();
    check(those, count);
    const flush = await cpuOf(count * those.length, () => emptied(those));
    await done();
    return { write, flush };
  };

  /** What a write holds, and what some more cost behind all these. */
  const weight = async () => {
    const those = await full();
    const before = await memory();
    queue(those, size);
    await turn();
    check(those, size);
    const each = memoryOfEach(before, await memory(), size * those.length);
    const more = await steadyCpuOf(MORE * those.length, () => queue(those, MORE));
    await emptied(those);
    await done();
    return { ...each, more };
  };

  // Memory first: what others have left would be used again.
  const { resident, heap } = await weight();
  let called = 0;
  const callback = () => { called++; };
  for (let i = 0; i < 2; i++) for (const one of [undefined, callback]) await cost(i === 0 ? times(WARM) : Math.min(size, times(WARM)), one);
  const plain = await cost(size, undefined);
  const before = called;
  const told = await cost(size, callback);
  if (called - before < size) throw new Error('callbacks are missing');
  const { more } = await weight();
  return { ...plain, more, writeCallback: told.write, flushCallback: told.flush, heap, resident };
}

/** @param {Socket[]} sockets @param {number} count @param {Callback} [callback] */
function queue(sockets, count, callback) {
  for (const socket of sockets) for (let i = 0; i < count; i++) socket.write(chunk, callback);
}

/** @param {Socket} socket */
async function fill(socket) {
  while (socket.writableLength === 0) {
    socket.write(PIECE);
    await turn();
  }
}

/** @param {Socket[]} sockets @param {number} count */
function check(sockets, count) {
  if (sockets.some((socket) => socket.writableLength < count * chunk.length)) throw new Error('The system has taken what should wait');
}
