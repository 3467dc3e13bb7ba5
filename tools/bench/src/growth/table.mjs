import Table from 'cli-table3';
import { curves } from './curves.mjs';
import { slope, valuesOf } from './report.mjs';

const number = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/**
 * The figures of a curve on one Node, a column for each size.
 * @param {import('./report.mjs').Report} report @param {string} curve @param {string} runtime
 */
export function table(report, curve, runtime) {
  const { of, figures } = curves[curve];
  const values = Object.keys(figures).map((figure) => valuesOf(report, curve, figure).filter(({ node }) => node === runtime));
  const sizes = [...new Set(values.flat().map(({ size }) => size))].sort((a, b) => a - b);
  const head = [of, '', ...sizes.map((size) => size.toLocaleString('en')), 'growth'];
  const right = sizes.map(() => /** @type {const} */ ('right'));
  const result = new Table({ head, colAligns: ['left', 'left', ...right, 'right'], style: { head: [], border: [] } });
  Object.values(figures).forEach(({ title, unit }, i) => {
    const sides = [...new Set(values[i].map(({ side }) => side))];
    const lines = sides.map((side) => {
      const own = values[i].filter((value) => value.side === side);
      const growth = slope(own);
      const cells = sizes.map((size) => own.find((value) => value.size === size)).map((one) => (one ? number.format(one.value) : ''));
      return [side, ...cells, growth === null ? '' : growth.toFixed(2)];
    });
    if (lines.length > 0) result.push([`${title}, ${unit}`, ...lines[0].map((_, column) => lines.map((line) => line[column]).join('\n'))]);
  });
  return result.toString();
}
