import { median } from '../report/median.mjs';
import { curves } from './curves.mjs';

/**
 * @typedef {object} Run of one Node
 * @property {string} date
 * @property {string} runtime its version
 * @property {{ cpu: string, cores: number, platform: string, arch: string }} machine
 * @property {number} rounds
 * @property {Record<string, import('./run.mjs').Point[]>} curves
 */
/** @typedef {{ runs: Record<string, Run> }} Report by the major of Node */
/**
 * @typedef {object} Value of a figure at a size
 * @property {number} size
 * @property {string} side
 * @property {string} node the version
 * @property {number} value the median of the rounds
 * @property {number} low
 * @property {number} high
 */

/**
 * A new run takes the place of the last one of the same major, curve by curve.
 * @param {Report | null} report @param {Run} run @returns {Report}
 */
export function merged(report, run) {
  const major = run.runtime.replace(/^v/, '').split('.')[0];
  const former = report?.runs[major];
  return { runs: { ...report?.runs, [major]: { ...run, curves: { ...former?.curves, ...run.curves } } } };
}

/**
 * The values of a figure at all sizes, of all sides and all Nodes.
 * @param {Report} report @param {string} curve @param {string} figure @returns {Value[]}
 */
export function valuesOf({ runs }, curve, figure) {
  const { from = 0 } = curves[curve].figures[figure];
  return Object.values(runs).flatMap(({ runtime, curves: all }) => (all[curve] ?? []).flatMap(({ size, sides }) => {
    if (size < from) return [];
    return Object.entries(sides).flatMap(([side, { rounds }]) => {
      const values = rounds.map((figures) => figures[figure]);
      if (values.length === 0) return [];
      return [{ size, side, node: runtime, value: median(values), low: Math.min(...values), high: Math.max(...values) }];
    });
  }));
}

/**
 * How a figure grows with the size: 0 is flat, 1 is in proportion. The slope of the line through its values, both axes logarithmic; null
 * where there are too few above 0.
 * @param {{ size: number, value: number }[]} values
 */
export function slope(values) {
  const points = values.filter(({ value }) => value > 0).map(({ size, value }) => [Math.log(size), Math.log(value)]);
  if (points.length < 2) return null;
  const [mx, my] = [0, 1].map((axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length);
  const across = points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  return points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / across;
}
