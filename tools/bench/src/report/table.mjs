import Table from 'cli-table3';
import pc from 'picocolors';
import * as format from './format.mjs';

/** @typedef {import('./report.mjs').CaseReport} CaseReport */
/** @typedef {import('./report.mjs').SideReport} SideReport */

export const legend = [
  'Medians of the rounds; the ratio is to node:net, and above 1 is better.',
  "A ratio with 'cpu' is of the server's CPU time, for the server was not saturated; the others are of throughput or memory.",
];

/** @param {CaseReport} report @param {SideReport} side @param {SideReport} base */
function verdict({ kind }, { median, ratio }, base) {
  if (ratio === null || median === null) return '';
  if (kind === 'start') {
    const difference = /** @type {number} */ (median.ms) - /** @type {number} */ (base.median?.ms);
    return `${difference < 0 ? '' : '+'}${difference.toFixed(1)} ms`;
  }
  const text = `${format.ratio(ratio.value)}${ratio.basis === 'cpu' ? ' cpu' : ''}`;
  return ratio.value < 1 ? pc.yellow(text) : pc.green(text);
}

/** @param {CaseReport[]} reports @param {string} base the side that the others are compared with */
export function table(reports, base) {
  const result = new Table({
    head: ['case', 'implementation', 'operations', 'CPU of one', 'ratio'],
    colAligns: ['left', 'left', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  });
  for (const report of reports) {
    const lines = Object.entries(report.sides).map(([name, side]) => {
      if (side.failed !== null || side.median === null) return [name, pc.red('failed'), '', ''];
      return [name, format.main(side.median), format.cpu(side.median), verdict(report, side, report.sides[base])];
    });
    // One row a case: a line between all implementations would be more line than table.
    const columns = lines[0].map((_, i) => lines.map((line) => line[i]).join('\n'));
    result.push([`${report.title}\n${pc.dim(`per ${report.operation}`)}`, ...columns]);
  }
  return result.toString();
}
