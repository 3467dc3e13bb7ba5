import { median } from './median.mjs';

/** @typedef {import('../measure/measure.mjs').Figures} Figures */
/** @typedef {'user' | 'cpu' | 'throughput' | 'memory' | 'time'} Basis what a ratio compares: of CPU time that of the program alone, or all */

/** @param {Figures[]} rounds @returns {Figures} */
export function medians(rounds) {
  const keys = /** @type {(keyof Figures)[]} */ (Object.keys(rounds[0]));
  return Object.fromEntries(keys.map((key) => [key, median(rounds.map((figures) => /** @type {number} */ (figures[key])))]));
}

/** The bases by which a case is compared; the first is its subject. @type {Record<'served' | 'idle' | 'work' | 'start', readonly Basis[]>} */
export const basesOf = { served: ['cpu', 'user', 'throughput'], work: ['cpu', 'user', 'throughput'], idle: ['memory'], start: ['time'] };

/** How many times better than `base` the other is: above 1 is better in every basis. @type {Record<Basis, (base: any, other: any) => number>} */
export const ratios = {
  throughput: (base, other) => other.perSecond / base.perSecond,
  user: (base, other) => base.userMicros / other.userMicros,
  cpu: (base, other) => base.cpuMicros / other.cpuMicros,
  memory: (base, other) => base.bytes / other.bytes,
  time: (base, other) => base.ms / other.ms,
};

/** Round by round, because two measurements made in sequence met the same conditions of the machine. @param {Basis} basis @param {Figures[]} base @param {Figures[]} other */
export function ofRounds(basis, base, other) {
  const all = base.slice(0, other.length).map((figures, i) => ratios[basis](figures, other[i]));
  return { all, low: Math.min(...all), high: Math.max(...all) };
}
