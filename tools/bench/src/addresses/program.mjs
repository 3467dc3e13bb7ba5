// One side in a process of its own: program.mjs CASE SIDE WARM SECONDS. It prints one line of JSON.
import { cases } from './cases.mjs';
import { COUNT } from './inputs.mjs';

const [caseName, sideName, warm, seconds] = process.argv.slice(2);
const { networks } = cases[caseName];
const { module, prepare } = cases[caseName].sides[sideName];
const { gc } = /** @type {any} */ (globalThis);

/** @param {number} time in seconds */
function run(time) {
  const start = performance.now();
  const before = process.cpuUsage();
  let calls = 0;
  let check = 0;
  do {
    check = batch();
    calls += COUNT;
  } while (performance.now() - start < time * 1e3);
  const { user, system } = process.cpuUsage(before);
  return { check, nanoseconds: ((user + system) * 1e3) / calls };
}

function held() {
  for (let i = 0; i < 3; i++) gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const loaded = module === null ? null : await import(module);
const before = networks === undefined ? 0 : held();
const batch = prepare(loaded);
const bytes = networks === undefined ? undefined : (held() - before) / networks;
run(Number(warm));
console.log(JSON.stringify({ ...run(Number(seconds)), bytes }));
