import { median } from '../../report/median.mjs';
import { cpuOf, echoServer, memory, memoryOfEach, steadyCpuOf, STRETCHES } from './tools.mjs';

const ECHOES = 1000;
const MORE = 100;
const WARM = 2000;
/** Up to so many are opened and closed several times: once is too little to be told from what else the machine does. */
const FEW = 1000;

/**
 * @param {typeof import('node:net')} net @param {number} size @param {import('./peer.mjs').Peer} peer
 * @param {import('../program.mjs').Times} times
 */
export async function measure(net, size, peer, times) {
  const [echoes, some] = [times(ECHOES), times(MORE)];
  const { port, accepted, closed } = await echoServer(net);
  const ask = (/** @type {import('../dialler.mjs').Task['what']} */ what, count = 0) => peer.ask({ what, port, count });
  const allClosed = () => closed.reach(accepted.count);
  const opened = () => cpuOf(size, () => ask('open', size));
  const ended = () => cpuOf(size, () => Promise.all([ask('close'), allClosed()]));
  // Code that has run a few times costs more: all of it is warm before.
  await ask('churn', times(WARM));
  await ask('open', some);
  for (let i = 0; i < 3; i++) await ask('echo', echoes);
  await ask('close');
  await allClosed();

  const before = await memory();
  const opening = [await opened()];
  const each = memoryOfEach(before, await memory(), size);
  const echo = await steadyCpuOf(echoes, () => ask('echo', echoes));
  const accept = await steadyCpuOf(some, () => {
    const all = accepted.reach(accepted.count + some);
    return Promise.all([ask('more', some), all]);
  });
  await ask('less');
  await closed.reach(accepted.count - size);
  const closing = [await ended()];
  for (let again = size > FEW ? 0 : STRETCHES; again > 0; again--) {
    opening.push(await opened());
    closing.push(await ended());
  }
  return { echo, open: median(opening), accept, close: median(closing), ...each };
}
