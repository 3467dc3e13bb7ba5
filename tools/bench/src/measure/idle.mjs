import { cases } from '../cases.mjs';
import { outcome, withServer } from './with-server.mjs';

/** How long opening may take. */
const PATIENCE = 60;

/** How many connections can be open: each costs a file at both ends. @param {number} wanted */
export function affordable(wanted) {
  const limit = /** @type {any} */ (process.report?.getReport())?.userLimits?.open_files.soft;
  return Number.isFinite(limit) ? Math.min(wanted, Math.max(1, limit - 500)) : wanted;
}

/**
 * How much the resident memory of the server grows for one connection. Some are opened before, so that the one-time cost of the
 * first ones is not counted.
 * @type {import('./measure.mjs').Method}
 */
export function idle(side, name, settings) {
  const { load } = /** @type {import('../cases.mjs').Served} */ (cases[name]);
  const connections = affordable(settings.connections ?? load.connections);
  return withServer(side, name, { ...load, connections }, settings, async (ask, client) => {
    await client.line(PATIENCE);
    const before = await ask('memory');
    client.say('');
    const { done } = outcome(await client.line(PATIENCE));
    const after = await ask('memory');
    return { bytes: (after.bytes - before.bytes) / done };
  });
}
