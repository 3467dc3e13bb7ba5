import { median } from '../report/median.mjs';
import { basesOf, ofRounds } from '../report/ratio.mjs';

/** With fewer rounds, all of them are too often on one side by chance. */
const ENOUGH = 5;

/**
 * @typedef {object} Judgement
 * @property {import('../report/ratio.mjs').Basis} basis
 * @property {number} median of the ratios; above 1 the head is better
 * @property {number} low the smallest of them
 * @property {number} high
 * @property {'faster' | 'slower' | 'lighter' | 'heavier' | 'within the spread' | 'too few rounds'} word
 */

/** For each basis by which a case is compared; the first is its subject. @param {'served' | 'idle' | 'work' | 'start'} kind @param {import('../rounds.mjs').Figures[]} base @param {import('../rounds.mjs').Figures[]} head @returns {Judgement[]} */
export function judge(kind, base, head) {
  return basesOf[kind].map((basis) => {
    const { all, low, high } = ofRounds(basis, base, head);
    return { basis, median: median(all), low, high, word: wordFor(basis, all.length, low, high) };
  });
}

/** @param {Judgement['basis']} basis @param {number} rounds @param {number} low @param {number} high @returns {Judgement['word']} */
function wordFor(basis, rounds, low, high) {
  if (rounds < ENOUGH) return 'too few rounds';
  if (low > 1) return basis === 'memory' ? 'lighter' : 'faster';
  if (high < 1) return basis === 'memory' ? 'heavier' : 'slower';
  return 'within the spread';
}
