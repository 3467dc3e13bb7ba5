import { cases } from '../cases.mjs';
import { idle } from './idle.mjs';
import { served } from './served.mjs';
import { start } from './start.mjs';
import { work } from './work.mjs';

/**
 * @typedef {object} Settings
 * @property {number} scale of the numbers of operations that the cases say
 * @property {number} seconds how long calls in a process of their own are counted
 * @property {number} warm seconds before that
 * @property {'tcp' | 'ipc'} medium
 * @property {import('./generator.mjs').Generator} generator
 * @property {import('./cores.mjs').Cores | null} cores
 * @property {number} processes how many a measurement of start-up takes
 * @property {number} [connections] how many are idle, if not as many as the case says
 */
/**
 * @typedef {object} Figures of one measurement; which, depends on the kind of the case
 * @property {number} [perSecond] operations
 * @property {number} [cpuMicros] CPU time of an operation, the kernel's part included
 * @property {number} [userMicros] without the kernel's part
 * @property {number} [bytes] memory of a connection
 * @property {number} [ms] of loading
 */
/** @typedef {(side: import('../sides.mjs').Side, name: string, settings: Settings) => Promise<Figures>} Method */

const methods = { served, idle, work, start };

/** One measurement in fresh processes. @type {Method} */
export function measure(side, name, settings) {
  return methods[cases[name].kind](side, name, settings);
}
