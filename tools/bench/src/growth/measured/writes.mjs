import { Counter, cpuOf, listening, memory, memoryOfEach, turn } from './tools.mjs';

/** More than the system takes for a peer that does not read. */
const FILLING = Buffer.alloc(8_388_608);
const chunk = Buffer.alloc(16, 'x');
const MORE = 1000;
const WARM = 20_000;

/** @param {typeof import('node:net')} net @param {number} size @param {import('./peer.mjs').Peer} peer */
export async function measure(net, size, peer) {
  /** @type {import('node:net').Socket[]} */
  const sockets = [];
  const accepted = new Counter();
  const server = net.createServer((socket) => {
    sockets.push(socket);
    accepted.up();
  });
  await listening(server);
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

  /**
   * Writes that wait, on some sockets of their own, then leave.
   * @param {number} count of a socket @param {(() => void) | undefined} callback @param {boolean} [weighed] whether memory is measured, which costs time
   */
  const queue = async (count, callback, weighed = false) => {
    // A single write is too little to be measured.
    const several = count < MORE ? 100 : 1;
    const all = count * several;
    await Promise.all([peer.ask({ what: 'more', port, count: several }), accepted.reach(accepted.count + several)]);
    const those = sockets.splice(0);
    const drained = new Counter();
    for (const socket of those) socket.on('drain', () => drained.up()).write(FILLING);
    await turn();
    const add = (/** @type {number} */ number) => those.forEach((socket) => { for (let i = 0; i < number; i++) socket.write(chunk, callback); });
    const before = weighed ? await memory() : null;
    const write = await cpuOf(all, () => add(count));
    await turn();
    if (those.some((socket) => socket.writableLength < count * chunk.length)) throw new Error('The system has taken what should wait');
    const each = before && memoryOfEach(before, await memory(), all);
    const more = await cpuOf(MORE * several, () => add(MORE));
    const leave = await cpuOf(all + MORE * several, () => Promise.all([peer.ask({ what: 'read', port, count: 0 }), drained.reach(several)]));
    await peer.ask({ what: 'less', port, count: 0 });
    return { write, more, each, leave };
  };

  let called = 0;
  const callback = () => { called++; };
  for (let i = 0; i < 2; i++) for (const one of [undefined, callback]) await queue(i === 0 ? WARM : Math.min(size, WARM), one);
  const plain = await queue(size, undefined);
  const before = called;
  const told = await queue(size, callback);
  if (called - before < size) throw new Error('callbacks are missing');
  const { each } = await queue(size, undefined, true);
  return { write: plain.write, more: plain.more, flush: plain.leave, writeCallback: told.write, flushCallback: told.leave, ...each };
}
