import { Argument, InvalidArgumentError, Option } from 'commander';
import { cases } from './cases.mjs';
import { cores } from './measure/cores.mjs';
import { generator } from './measure/generator.mjs';
import { affordable } from './measure/idle.mjs';
import { root } from './paths.mjs';
import { outdated } from './sides.mjs';

/** @param {string} text */
export function positive(text) {
  const value = Number(text);
  if (!(value > 0 && value < Infinity)) throw new InvalidArgumentError('a number above 0, please');
  return value;
}

/** @param {string} text */
export function count(text) {
  const value = positive(text);
  if (!Number.isInteger(value)) throw new InvalidArgumentError('a whole number, please');
  return value;
}

export const caseNames = new Argument('[cases...]', 'which; all if none is named').choices(Object.keys(cases)).default(Object.keys(cases), 'all');

/** The options of both commands. @param {import('commander').Command} command @param {number} rounds */
export function withOptions(command, rounds) {
  return command
    .option('--runtime <path>', 'the binary of a Node, of Bun or of Deno that runs the servers', process.execPath)
    .option('--rounds <n>', 'how often each side is measured', count, rounds)
    .option('--scale <n>', 'so many times the number of operations of each case', positive, 1)
    .option('--seconds <s>', 'how long calls without a server are measured', positive, 1.5)
    .addOption(new Option('--medium <name>', 'what carries the bytes').choices(['tcp', 'ipc']).default('tcp'));
}

/** @param {{ scale: number, seconds: number, medium: 'tcp' | 'ipc' }} options @param {string[]} names of the cases @returns {{ settings: import('./measure/measure.mjs').Settings, notes: string[] }} */
export function settingsOf({ scale, seconds, medium }, names) {
  const settings = { scale, seconds, medium, warm: 0.5, generator: generator(), cores: cores(), processes: 11 };
  const notes = [];
  const old = outdated(root);
  if (old.length) notes.push(`Changed since they were built: ${old.join(', ')}. To build them: npm run build`);
  if (settings.generator.note) notes.push(settings.generator.note);
  if (!settings.cores) notes.push('Server and load are not kept on cores of their own: that needs Linux, taskset and two cores.');
  const { load } = /** @type {import('./cases.mjs').Served} */ (cases.idle);
  const connections = affordable(load.connections);
  if (names.includes('idle') && connections < load.connections) notes.push(`Only ${connections} connections are idle, not ${load.connections}: the limit of open files is low (ulimit -n).`);
  return { settings, notes };
}
