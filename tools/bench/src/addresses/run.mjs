import { Child } from '../measure/child.mjs';
import { inTurn } from '../in-turn.mjs';
import { pinned } from '../measure/cores.mjs';
import { source } from '../paths.mjs';
import { cases } from './cases.mjs';

/** @typedef {{ check: number, nanoseconds: number, bytes?: number }} Figures CPU time of a call; memory of a network, its value and its text included */
/** @typedef {{ rounds: Figures[], failed: string | null }} Result */
/** @typedef {{ command: string[], warm: number, seconds: number, cores: import('../measure/cores.mjs').Cores | null }} Settings */

/** One measurement in a fresh process. @param {string} name @param {string} side @param {Settings} settings @returns {Promise<Figures>} */
export async function measure(name, side, { command, warm, seconds, cores }) {
  const args = [source('addresses/program.mjs'), name, side, String(warm), String(seconds)];
  const child = new Child(`the process (${side})`, pinned(cores?.server, [...command, ...args]));
  try {
    return await child.json(warm + seconds + 120);
  } finally {
    child.kill();
  }
}

/**
 * All sides of a case in turn. One that gives other answers is left out.
 * @param {string} name @param {number} rounds @param {Settings} settings @param {(round: number, side: string) => void} starting
 * @returns {Promise<Record<string, Result>>} by side
 */
export async function measureCase(name, rounds, settings, starting) {
  const sides = Object.keys(cases[name].sides).map((side) => ({ name: side }));
  return agreeing(await inTurn(sides, rounds, (side) => measure(name, side.name, settings), starting), sides[0].name);
}

/** @param {Record<string, Result>} results @param {string} ours @returns {Record<string, Result>} */
function agreeing(results, ours) {
  const check = results[ours].rounds[0]?.check;
  return Object.fromEntries(Object.entries(results).map(([side, result]) => {
    const other = result.rounds.find((figures) => figures.check !== check);
    return [side, other === undefined ? result : { rounds: [], failed: `other answers: ${other.check}, not ${check}` }];
  }));
}
