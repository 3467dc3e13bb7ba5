import { cpuOf, echoServer, memory, memoryOfEach, steadyCpuOf } from './tools.mjs';

const ECHOES = 1000;
const MORE = 200;
const WARM = 2000;

/** @param {typeof import('node:net')} net @param {number} size @param {import('./peer.mjs').Peer} peer */
export async function measure(net, size, peer) {
  const { port, accepted, closed } = await echoServer(net);
  const ask = (/** @type {import('../dialler.mjs').Task['what']} */ what, count = 0) => peer.ask({ what, port, count });
  // Code that has run a few times costs more: all of it is warm before.
  await ask('churn', WARM);
  await ask('open', MORE);
  for (let i = 0; i < 3; i++) await ask('echo', ECHOES);
  await ask('close');
  await closed.reach(WARM + MORE);

  const before = await memory();
  const open = await cpuOf(size, () => ask('open', size));
  const each = memoryOfEach(before, await memory(), size);
  const echo = await steadyCpuOf(ECHOES, () => ask('echo', ECHOES));
  const accept = await cpuOf(MORE, () => {
    const all = accepted.reach(accepted.count + MORE);
    return Promise.all([ask('more', MORE), all]);
  });
  await ask('less');
  await closed.reach(WARM + 2 * MORE);
  const close = await cpuOf(size, () => Promise.all([ask('close'), closed.reach(WARM + 2 * MORE + size)]));
  return { echo, open, accept, close, ...each };
}
