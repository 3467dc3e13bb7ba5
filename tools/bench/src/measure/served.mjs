import { cases } from '../cases.mjs';
import { outcome, withServer } from './with-server.mjs';

/** How long either stretch of the load may take, in seconds. */
const PATIENCE = 300;

/**
 * The server's CPU time for a number of operations that is the same for all sides, after a warm-up; and how long the load took for them. Nothing
 * is pending while the server is asked.
 * @type {import('./measure.mjs').Method}
 */
export function served(side, name, settings) {
  const { load } = /** @type {import('../cases.mjs').Served} */ (cases[name]);
  return withServer(side, name, load, settings, async (ask, client) => {
    await client.line(PATIENCE);
    const before = await ask('cpu');
    client.say('');
    const { done, seconds } = outcome(await client.line(PATIENCE));
    const after = await ask('cpu');
    return { perSecond: done / seconds, userMicros: (after.user - before.user) / done, cpuMicros: (after.all - before.all) / done };
  });
}
