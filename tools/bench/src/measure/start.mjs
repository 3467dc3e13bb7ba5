import { cases } from '../cases.mjs';
import { median } from '../report/median.mjs';
import { Child } from './child.mjs';
import { pinned } from './cores.mjs';

const FIRST_ECHO = `
  const server = net.createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1', () => {
    const socket = net.connect(server.address().port, '127.0.0.1', () => socket.end('first'));
    socket.resume().on('close', () => server.close(say));
  });`;

/**
 * Programs that print the milliseconds of CPU time that something took. They are passed as text, so that the working folder decides what is found.
 * @type {Record<import('../cases.mjs').Start['how'], (folder: string | null) => readonly [type: string, program: string]>}
 */
const programs = {
  import: (folder) => ['module', `await import('${moduleIn(folder)}'); say();`],
  require: (folder) => ['commonjs', `require('${moduleIn(folder)}'); say();`],
  register: (folder) => ['commonjs', folder === null ? "require('net'); say();" : "require('@netstrata/net-compat/register'); say();"],
  echo: (folder) => ['commonjs', `const net = require('${moduleIn(folder)}'); ${FIRST_ECHO}`],
};

const MEASURE = `
  const before = process.cpuUsage();
  const say = () => { const { user, system } = process.cpuUsage(before); console.log((user + system) / 1000); };`;

const moduleIn = (/** @type {string | null} */ folder) => (folder === null ? 'node:net' : '@netstrata/net-compat');

/** The median of several fresh processes. @type {import('./measure.mjs').Method} */
export async function start(side, name, { cores, processes }) {
  const { how } = /** @type {import('../cases.mjs').Start} */ (cases[name]);
  const [type, program] = programs[how](side.folder);
  const times = [];
  for (let i = 0; i < processes; i++) {
    // Without the flag for the collector: with one that it was not built for, Node takes nothing from the cache of its own modules.
    const runtime = side.command.filter((argument) => argument !== '--expose-gc');
    const command = pinned(cores?.server, [...runtime, `--input-type=${type}`, '-e', MEASURE + program]);
    const child = new Child(`the process (${side.name})`, command, { cwd: side.folder ?? undefined });
    times.push(Number(await child.line(20)));
    child.kill();
  }
  return { ms: median(times) };
}
