import Table from 'cli-table3';
import pc from 'picocolors';
import { cases } from '../cases.mjs';
import * as format from '../report/format.mjs';
import { medians } from '../report/ratio.mjs';

/** @typedef {{ name: string, base: import('../rounds.mjs').Result, head: import('../rounds.mjs').Result, judgements: import('./judge.mjs').Judgement[] | null }} Row */

const colours = { faster: pc.green, lighter: pc.green, slower: pc.red, heavier: pc.red, 'within the spread': pc.dim, 'too few rounds': pc.dim };

/** The figures of a side, for the basis of the ratio. @param {import('../rounds.mjs').Figures[]} rounds @param {import('../report/ratio.mjs').Basis} basis */
function figure(rounds, basis) {
  const figures = medians(rounds);
  return basis === 'cpu' ? format.cpu(figures) : basis === 'user' ? format.user(figures) : format.main(figures);
}

/** @param {Row[]} rows @param {string} base the name of the revision */
export function comparison(rows, base) {
  const table = new Table({
    head: ['case', 'of', base, 'working tree', 'ratio', 'spread', ''],
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right', 'left'],
    style: { head: [], border: [] },
  });
  for (const { name, base: before, head, judgements } of rows) {
    const { title } = cases[name];
    if (!judgements) {
      table.push([title, '', before.failed === null ? '' : pc.red('failed'), head.failed === null ? '' : pc.red('failed'), '', '', '']);
      continue;
    }
    for (const [i, { basis, median, low, high, word }] of judgements.entries()) {
      const spread = `${format.ratio(low)}..${format.ratio(high)}`;
      table.push([i === 0 ? title : '', basis, figure(before.rounds, basis), figure(head.rounds, basis), format.ratio(median), spread, colours[word](word)]);
    }
  }
  return table.toString();
}
