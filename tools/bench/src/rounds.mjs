import { cases } from './cases.mjs';
import { measure } from './measure/measure.mjs';

/** @typedef {import('./measure/measure.mjs').Figures} Figures */
/** @typedef {{ rounds: Figures[], failed: string | null }} Result of one side in one case */

/** Only Node's own loading is of interest. @param {import('./sides.mjs').Side} side @param {string} name */
export const takesPart = (side, name) => side.isNode || cases[name].kind !== 'start';

/**
 * Measures all sides in turn, case by case. The first of a round is the second or later of the next, so that none always has
 * the warmer machine. A side that fails is left out of the rest of its case.
 * @param {import('./sides.mjs').Side[]} sides @param {string[]} names @param {number} count rounds
 * @param {import('./measure/measure.mjs').Settings} settings
 * @param {(name: string, round: number, side: string) => void} starting
 * @returns {Promise<Record<string, Record<string, Result>>>} by case, then side
 */
export async function inTurn(sides, names, count, settings, starting) {
  /** @type {Record<string, Record<string, Result>>} */
  const results = {};
  for (const name of names) {
    const taking = sides.filter((side) => takesPart(side, name));
    results[name] = Object.fromEntries(taking.map((side) => [side.name, { rounds: [], failed: null }]));
    for (let round = 0; round < count; round++) {
      for (let i = 0; i < taking.length; i++) {
        const side = taking[(round + i) % taking.length];
        starting(name, round, side.name);
        const result = results[name][side.name];
        if (result.failed !== null) continue;
        try {
          result.rounds.push(await measure(side, name, settings));
        } catch (error) {
          result.failed = /** @type {Error} */ (error).message;
        }
      }
    }
  }
  return results;
}
