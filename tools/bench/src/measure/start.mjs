import { cases } from '../cases.mjs';
import { median } from '../report/median.mjs';
import { Child } from './child.mjs';
import { pinned } from './cores.mjs';

/** Programs that print how long loading took. They are passed as text, so that the working folder decides what is found. */
const programs = {
  import: (/** @type {string} */ name) => ['module', `const start = performance.now(); await import('${name}'); console.log(performance.now() - start);`],
  require: (/** @type {string} */ name) => ['commonjs', `const start = performance.now(); require('${name}'); console.log(performance.now() - start);`],
};

/** The median of several fresh processes. @type {import('./measure.mjs').Method} */
export async function start(side, name, { cores, processes }) {
  const { how } = /** @type {import('../cases.mjs').Start} */ (cases[name]);
  const [type, program] = programs[how](side.folder === null ? 'node:net' : '@netstrata/net-compat');
  const times = [];
  for (let i = 0; i < processes; i++) {
    const command = pinned(cores?.server, [...side.command, `--input-type=${type}`, '-e', program]);
    const child = new Child(`the process (${side.name})`, command, { cwd: side.folder ?? undefined });
    times.push(Number(await child.line(20)));
    child.kill();
  }
  return { ms: median(times) };
}
