import Table from 'cli-table3';
import { measure } from './measure/measure.mjs';
import { progress } from './progress.mjs';
import { median } from './report/median.mjs';

/**
 * Measures pairs of cases on one side, both in turn, each time in fresh processes.
 * @param {import('./sides.mjs').Side} side
 * @param {readonly (readonly [of: string, to: string])[]} pairs
 * @param {number} count rounds
 * @param {import('./measure/measure.mjs').Settings} settings
 * @param {string} title
 * @returns {Promise<string>} the table: how many times better the second case of each pair is
 */
export async function inPairs(side, pairs, count, settings, title) {
  const bar = progress(2 * pairs.length * count);
  const table = new Table({ head: [title, 'user', 'all', 'operations'] });
  for (const pair of pairs) {
    /** @type {import('./measure/measure.mjs').Figures[][]} */
    const rounds = [];
    for (let round = 0; round < count; round++) {
      /** @type {import('./measure/measure.mjs').Figures[]} */
      const figures = [];
      for (const which of round % 2 ? [1, 0] : [0, 1]) {
        bar.step(`${pair[which]}, round ${round + 1} of ${count}`);
        figures[which] = await measure(side, pair[which], settings);
      }
      rounds.push(figures);
    }
    const ratio = (/** @type {(of: any, to: any) => number} */ between) => {
      const ratios = rounds.map(([of, to]) => between(of, to)).sort((a, b) => a - b);
      return `${median(ratios).toFixed(2)} (${ratios[0].toFixed(2)} to ${ratios[ratios.length - 1].toFixed(2)})`;
    };
    table.push([
      `${pair[1]} for ${pair[0]}`,
      ratio((of, to) => of.userMicros / to.userMicros),
      ratio((of, to) => of.cpuMicros / to.cpuMicros),
      ratio((of, to) => to.perSecond / of.perSecond),
    ]);
  }
  bar.stop();
  return table.toString();
}
