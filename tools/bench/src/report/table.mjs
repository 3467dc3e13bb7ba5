import Table from 'cli-table3';
import pc from 'picocolors';
import * as format from './format.mjs';

/** @typedef {import('./report.mjs').CaseReport} CaseReport */
/** @typedef {import('./report.mjs').SideReport} SideReport */

export const legend = [
  'Medians of the rounds, and the lowest and the highest of a round; the ratio is to node:net, and above 1 is better.',
  "CPU is the server's for one operation, at the same number of operations for all; 'user' leaves the kernel's part out.",
];

/** @param {CaseReport} report @param {SideReport} side @param {SideReport} base */
function verdict({ kind }, { median, ratio }, base) {
  if (ratio === null || median === null) return '';
  if (kind === 'start') {
    const difference = /** @type {number} */ (median.ms) - /** @type {number} */ (base.median?.ms);
    return `${difference < 0 ? '' : '+'}${difference.toFixed(1)} ms`;
  }
  return good(ratio, ratio.basis);
}

/** @param {SideReport['ratio']} ratio @param {import('./ratio.mjs').Basis} basis */
function good(ratio, basis) {
  const one = ratio?.all[basis];
  if (one === undefined) return '';
  const value = format.ratio(one.value);
  return `${one.value < 1 ? pc.yellow(value) : pc.green(value)} ${pc.dim(`${format.ratio(one.low)}..${format.ratio(one.high)}`)}`;
}

/** @param {CaseReport[]} reports @param {string} base the side that the others are compared with */
export function table(reports, base) {
  const result = new Table({
    head: ['case', 'implementation', 'operations', 'CPU', 'user', 'ratio', 'of user', 'of operations'],
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  });
  for (const report of reports) {
    const lines = Object.entries(report.sides).map(([name, side]) => {
      if (side.failed !== null || side.median === null) return [name, pc.red('failed'), '', '', '', '', ''];
      return [name, format.main(side.median), format.cpu(side.median), format.user(side.median), verdict(report, side, report.sides[base]), good(side.ratio, 'user'), good(side.ratio, 'throughput')];
    });
    // One row per case: a line between all implementations would be more line than table.
    const columns = lines[0].map((_, i) => lines.map((line) => line[i]).join('\n'));
    result.push([`${report.title}\n${pc.dim(`per ${report.operation}`)}`, ...columns]);
  }
  return result.toString();
}
