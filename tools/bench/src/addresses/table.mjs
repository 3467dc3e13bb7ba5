import Table from 'cli-table3';
import pc from 'picocolors';
import { ratio } from '../report/format.mjs';
import { median } from '../report/median.mjs';
import { cases } from './cases.mjs';

/** @typedef {import('./run.mjs').Result} Result */

export const legend = [
  'CPU time of a call, medians of the rounds; how many times faster ours is, with the lowest and the highest of a round.',
  'Memory of a network includes its value and, where a side keeps it, its text.',
];

const of = (/** @type {Result} */ { rounds }, /** @type {'nanoseconds' | 'bytes'} */ key) => rounds.map((figures) => figures[key] ?? Number.NaN);

/** How many times the time of ours a side takes. @param {Result} ours @param {Result} side @returns {{ value: number, low: number, high: number }} */
export function timesOurs(ours, side) {
  const mine = of(ours, 'nanoseconds');
  const theirs = of(side, 'nanoseconds');
  const each = theirs.slice(0, mine.length).map((one, i) => one / mine[i]);
  return { value: median(theirs) / median(mine), low: Math.min(...each), high: Math.max(...each) };
}

/** @param {Result} ours @param {Result} side */
function verdict(ours, side) {
  if (side === ours || ours.rounds.length === 0) return '';
  const { value, low, high } = timesOurs(ours, side);
  return `${value < 1 ? pc.yellow(ratio(value)) : pc.green(ratio(value))} ${pc.dim(`${ratio(low)}..${ratio(high)}`)}`;
}

/** @param {Record<string, Record<string, Result>>} results by case and side */
export function table(results) {
  const shown = new Table({ head: ['case', 'side', 'CPU', 'ratio', 'memory'], colAligns: ['left', 'left', 'right', 'right', 'right'], style: { head: [], border: [] } });
  for (const [name, sides] of Object.entries(results)) {
    const [ours] = Object.values(sides);
    const lines = Object.entries(sides).map(([side, result]) => {
      if (result.failed !== null || result.rounds.length === 0) return [side, pc.red('failed'), '', ''];
      const bytes = cases[name].networks === undefined ? '' : `${Math.round(median(of(result, 'bytes')))} B`;
      return [side, `${Math.round(median(of(result, 'nanoseconds')))} ns`, verdict(ours, result), bytes];
    });
    shown.push([cases[name].title, ...lines[0].map((_, i) => lines.map((line) => line[i]).join('\n'))]);
  }
  return shown.toString();
}
