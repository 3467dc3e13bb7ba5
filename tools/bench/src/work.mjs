// Calls without a connection, in a separate process: work.mjs MODULE CASE WARM SECONDS. It prints one line of JSON.
import { cases } from './cases.mjs';

const [moduleName, caseName, warm, seconds] = process.argv.slice(2);
const { prepare } = /** @type {import('./cases.mjs').Work} */ (cases[caseName]);
const module = await import(moduleName);
const batch = prepare(moduleName === 'node:net' ? module.default : module);

/** @param {number} time in seconds */
function run(time) {
  const start = performance.now();
  const before = process.cpuUsage();
  let done = 0;
  let passed = 0;
  do {
    done += batch();
    passed = (performance.now() - start) / 1e3;
  } while (passed < time);
  const { user, system } = process.cpuUsage(before);
  return { done, seconds: passed, user: user / 1e6, cpu: (user + system) / 1e6 };
}

run(Number(warm));
console.log(JSON.stringify(run(Number(seconds))));
