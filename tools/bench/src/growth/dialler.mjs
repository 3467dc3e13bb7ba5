// The peer of what is measured, in a process of its own. It only ever connects to this machine, from as many of its addresses as the
// number of ports makes necessary.
import net from 'node:net';

/** @typedef {{ what: keyof typeof tasks, port: number, count: number }} Task */

/** How many connections come from one address: there are some 28,000 ports, and each is kept for a minute after its use. */
const OF_AN_ADDRESS = 4000;
const AT_ONCE = 100;
const PATIENCE = 240_000;

let dialled = 0;

/** @type {net.Socket[]} */
const held = [];
/** @type {net.Socket[]} */
const more = [];

/** Connects, and waits until it is. @param {number} port @returns {Promise<net.Socket>} */
function dial(port) {
  const localAddress = `127.${1 + (process.pid % 250)}.${Math.floor(process.pid / 250) % 250}.${2 + Math.floor(dialled++ / OF_AN_ADDRESS)}`;
  return new Promise((resolve, reject) => {
    const socket = net.connect({ port, host: '127.0.0.1', localAddress, noDelay: true }, () => resolve(socket));
    socket.on('error', reject);
  });
}

/** @param {net.Socket} socket @param {string | Buffer} text */
const echo = (socket, text) => new Promise((resolve) => void socket.once('data', resolve).write(text));

/** @param {net.Socket} socket */
const end = (socket) => new Promise((resolve) => void socket.on('close', resolve).resume().end());

/** Does something so many times, some at once. @param {number} count @param {() => Promise<unknown>} one @param {number} [atOnce] */
async function times(count, one, atOnce = AT_ONCE) {
  for (let left = count; left > 0; left -= atOnce) await Promise.all(Array.from({ length: Math.min(left, atOnce) }, one));
}

const tasks = {
  /** Opens connections that echo once. @param {Task} task */
  open: ({ port, count }) => times(count, async () => {
    const socket = await dial(port);
    held.push(socket);
    await echo(socket, 'x');
  }),
  /** Opens some more, which say nothing. @param {Task} task */
  more: ({ port, count }) => times(count, async () => more.push(await dial(port))),
  /** Closes these. */
  less: () => Promise.all(more.splice(0).map(end)),
  /** Says something on one of the connections, again and again. @param {Task} task */
  async echo({ count }) {
    const socket = held[held.length >> 1];
    const chunk = Buffer.alloc(64, 'x');
    for (let i = 0; i < count; i++) await echo(socket, chunk);
  },
  /** Ends all. */
  close: () => Promise.all(held.splice(0).map(end)),
  /** Opens, echoes and ends. @param {Task} task */
  churn: ({ port, count }) => times(count, async () => {
    const socket = await dial(port);
    await echo(socket, 'hello');
    await end(socket);
  }, 10),
  /** Reads what comes on all that were opened as `more`. */
  read: () => void more.forEach((socket) => socket.resume()),
};

process.on('message', async (/** @type {Task} */ task) => {
  await tasks[task.what](task);
  process.send?.('done');
});
process.on('disconnect', () => process.exit());
setTimeout(() => {
  console.error('the measurement took far too long');
  process.exit(1);
}, PATIENCE).unref();
