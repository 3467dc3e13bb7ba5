import { cases } from '../cases.mjs';
import { outcome, withServer } from './with-server.mjs';

/**
 * Throughput as the load counts it, and the server's CPU time. The server is asked while the load goes on, and says at
 * which time of its own its figures were taken, so it does not matter when it gets round to answering.
 * @type {import('./measure.mjs').Method}
 */
export function served(side, name, settings) {
  const { load } = /** @type {import('../cases.mjs').Served} */ (cases[name]);
  const patience = settings.warm + settings.seconds + 20;
  return withServer(side, name, load, settings, async (ask, client) => {
    await client.line(patience);
    const before = await ask('cpu');
    const { done, seconds } = outcome(await client.line(patience));
    const after = await ask('cpu');
    const cpuShare = (after.cpu - before.cpu) / (after.at - before.at);
    const perSecond = done / seconds;
    return { perSecond, cpuShare, cpuMicros: (cpuShare / perSecond) * 1e6 };
  });
}
