import { cases } from '../cases.mjs';
import { source } from '../paths.mjs';
import { moduleOf } from '../sides.mjs';
import { Child } from './child.mjs';
import { pinned } from './cores.mjs';

/** @type {import('./measure.mjs').Method} */
export async function work(side, name, { cores, warm, seconds }) {
  const { module } = /** @type {import('../cases.mjs').Work} */ (cases[name]);
  const args = [source('work.mjs'), moduleOf(side, module), name, String(warm), String(seconds)];
  const child = new Child(`the process (${side.name})`, pinned(cores?.server, [...side.command, ...args]));
  try {
    const result = await child.json(warm + seconds + 60);
    return { perSecond: result.done / result.seconds, userMicros: (result.user / result.done) * 1e6, cpuMicros: (result.cpu / result.done) * 1e6 };
  } finally {
    child.kill();
  }
}
