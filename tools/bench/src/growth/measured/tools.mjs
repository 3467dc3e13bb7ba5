import { median } from '../../report/median.mjs';

/** How many stretches are measured where one could be disturbed. */
export const STRETCHES = 5;

/** CPU time of this process so far, the kernel's part included, in microseconds. */
export function cpu() {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** The CPU time that `work` takes, for each of `count`. @param {number} count @param {() => unknown} work */
export async function cpuOf(count, work) {
  const before = cpu();
  await work();
  return (cpu() - before) / count;
}

/**
 * The same, of several stretches the one in the middle: the machine may be doing other things.
 * @param {number} count @param {() => unknown} work
 */
export async function steadyCpuOf(count, work) {
  const all = [];
  for (let i = 0; i < STRETCHES; i++) all.push(await cpuOf(count, work));
  return median(all);
}

/** What is held, once what is not has been collected. */
export async function memory() {
  const { gc } = /** @type {any} */ (globalThis);
  for (let i = 0; i < 3; i++) {
    gc();
    await turn();
  }
  const { rss, heapUsed } = process.memoryUsage();
  return { resident: rss, heap: heapUsed };
}

/** @typedef {{ resident: number, heap: number }} Memory in bytes */

/** How much each of `count` takes. @param {Memory} before @param {Memory} after @param {number} count */
export function memoryOfEach(before, after, count) {
  return { resident: (after.resident - before.resident) / count, heap: (after.heap - before.heap) / count };
}

/** One turn of the event loop. */
export const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Counts up to a number that may be set at any time. */
export class Counter {
  #goal = Infinity;
  #reached = () => {};
  count = 0;

  up() {
    if (++this.count >= this.#goal) this.#reached();
  }

  /** @param {number} goal @returns {Promise<void>} */
  reach(goal) {
    if (this.count >= goal) return Promise.resolve();
    this.#goal = goal;
    return new Promise((resolve) => { this.#reached = resolve; });
  }
}

/** A server of the kind that is measured, which echoes. @param {typeof import('node:net')} net @param {object} [options] */
export async function echoServer(net, options) {
  const [accepted, closed] = [new Counter(), new Counter()];
  const server = net.createServer({ noDelay: true, ...options }, (socket) => {
    socket.on('data', (chunk) => socket.write(chunk)).on('error', () => {}).on('close', () => closed.up());
    accepted.up();
  });
  await listening(server);
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { server, port, accepted, closed };
}

/** @param {import('node:net').Server} server */
export function listening(server) {
  return new Promise((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 2048 }, () => resolve(undefined)));
}
