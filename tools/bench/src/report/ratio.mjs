import { median } from './median.mjs';

/** @typedef {import('../measure/measure.mjs').Figures} Figures */
/** @typedef {'throughput' | 'cpu' | 'memory' | 'time'} Basis what a ratio compares */

/** A server that uses less of a core than this was not what limited the throughput. */
const SATURATED = 0.9;

/** @param {Figures[]} rounds @returns {Figures} */
export function medians(rounds) {
  const keys = /** @type {(keyof Figures)[]} */ (Object.keys(rounds[0]));
  return Object.fromEntries(keys.map((key) => [key, median(rounds.map((figures) => /** @type {number} */ (figures[key])))]));
}

/** @param {'served' | 'idle' | 'work' | 'start'} kind @param {Figures[]} sides medians of the sides to compare @returns {Basis} */
export function basisOf(kind, sides) {
  if (kind === 'idle') return 'memory';
  if (kind === 'start') return 'time';
  return sides.every(({ cpuShare = 0 }) => cpuShare >= SATURATED) ? 'throughput' : 'cpu';
}

/** How many times better than `base` the other is: above 1 is better in every basis. @type {Record<Basis, (base: any, other: any) => number>} */
export const ratios = {
  throughput: (base, other) => other.perSecond / base.perSecond,
  cpu: (base, other) => base.cpuMicros / other.cpuMicros,
  memory: (base, other) => base.bytes / other.bytes,
  time: (base, other) => base.ms / other.ms,
};
