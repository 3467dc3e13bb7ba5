import { echoServer, steadyCpuOf } from './tools.mjs';

/** About so many attempts, or dials, are measured. */
const ABOUT = 1000;
const WARM = 500;

/**
 * @param {typeof import('node:net')} net @param {number} size @param {import('./peer.mjs').Peer} peer
 * @param {import('../program.mjs').Times} times
 */
export async function measure(net, size, _peer, times) {
  const { port } = await echoServer(net);
  const again = Math.ceil(times(ABOUT) / size);
  await many(times(WARM), () => inTurn(net, port, 3));
  const attempt = await steadyCpuOf(again * size, () => many(again, () => inTurn(net, port, size)));
  await many(times(WARM / 10), () => atOnce(net, port, 10));
  const dial = await steadyCpuOf(again * size, () => many(again, () => atOnce(net, port, size)));
  return { attempt, dial };
}

/** @param {number} count @param {() => Promise<unknown>} one */
async function many(count, one) {
  for (let i = 0; i < count; i++) await one();
}

/**
 * A name with so many addresses, of which the last alone is listened on.
 * @param {typeof import('node:net')} net @param {number} port @param {number} size
 */
function inTurn(net, port, size) {
  const addressOf = (/** @type {number} */ i) => (i === size - 1 ? '127.0.0.1' : `127.9.${i >> 8}.${i & 255}`);
  const addresses = Array.from({ length: size }, (_, i) => ({ family: 4, address: addressOf(i) }));
  return dial(net, port, addresses, size);
}

/** So many names at once, each with one address. @param {typeof import('node:net')} net @param {number} port @param {number} size */
function atOnce(net, port, size) {
  const addresses = [{ family: 4, address: '127.0.0.1' }];
  return Promise.all(Array.from({ length: size }, () => dial(net, port, addresses, 1)));
}

/**
 * Looks up, connects, closes.
 * @param {typeof import('node:net')} net @param {number} port
 * @param {{ family: number, address: string }[]} addresses @param {number} expected attempts
 */
function dial(net, port, addresses, expected) {
  let attempts = 0;
  /** @param {string} _name @param {object} _options @param {Function} callback */
  const lookup = (_name, _options, callback) => void process.nextTick(callback, null, addresses);
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host: 'a.name.test', port, lookup, autoSelectFamily: true }, () => socket.destroy());
    socket.on('connectionAttempt', () => { attempts++; }).on('error', reject);
    socket.on('close', () => {
      if (attempts === expected) resolve(undefined);
      else reject(new Error(`there were ${attempts} attempts, not ${expected}`));
    });
  });
}
