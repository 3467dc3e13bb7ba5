import { cases } from './cases.mjs';
import { inTurn } from './in-turn.mjs';
import { measure } from './measure/measure.mjs';

/** @typedef {import('./measure/measure.mjs').Figures} Figures */
/** @typedef {{ rounds: Figures[], failed: string | null }} Result of one side in one case */

/** Only Node's own loading is of interest. @param {import('./sides.mjs').Side} side @param {string} name */
export const takesPart = (side, name) => side.isNode || cases[name].kind !== 'start';

/**
 * Measures all sides in turn, case by case.
 * @param {import('./sides.mjs').Side[]} sides @param {string[]} names @param {number} count rounds
 * @param {import('./measure/measure.mjs').Settings} settings
 * @param {(name: string, round: number, side: string) => void} starting
 * @returns {Promise<Record<string, Record<string, Result>>>} by case, then side
 */
export async function measureAll(sides, names, count, settings, starting) {
  /** @type {Record<string, Record<string, Result>>} */
  const results = {};
  for (const name of names) {
    const taking = sides.filter((side) => takesPart(side, name));
    results[name] = await inTurn(taking, count, (side) => measure(side, name, settings), (round, side) => starting(name, round, side));
  }
  return results;
}
