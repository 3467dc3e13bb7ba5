import { Child } from '../measure/child.mjs';
import { inTurn } from '../in-turn.mjs';
import { pinned } from '../measure/cores.mjs';
import { source } from '../paths.mjs';
import { moduleOf } from '../sides.mjs';
import { curves } from './curves.mjs';

/** How long one process may take, in seconds. */
const PATIENCE = 240;

/** @typedef {Record<string, number>} Figures */
/** @typedef {{ size: number, sides: Record<string, { rounds: Figures[], failed: string | null }> }} Point of a curve */

/**
 * One curve at one size, in fresh processes.
 * @param {import('../sides.mjs').Side} side @param {string} curve @param {number} size
 * @param {import('../measure/cores.mjs').Cores | null} cores
 * @param {number} [scale] of how often things are done @returns {Promise<Figures>}
 */
export async function measure(side, curve, size, cores, scale = 1) {
  const module = moduleOf(side, curves[curve].module ?? '@netstrata/net-compat');
  const args = [source('growth/program.mjs'), module, curve, String(size), String(scale)];
  const program = pinned(cores?.server, [...side.command, ...args, ...(cores ? [String(cores.load)] : [])]);
  const child = new Child(`${curve} ${size} (${side.name})`, program);
  try {
    return await child.json(PATIENCE);
  } finally {
    child.kill();
  }
}

/**
 * All sides in turn, size by size; who is first in one round is second in the next.
 * @param {import('../sides.mjs').Side[]} sides @param {string} curve @param {number[]} sizes @param {number} count rounds
 * @param {import('../measure/cores.mjs').Cores | null} cores @param {(size: number, round: number, side: string) => void} starting
 * @returns {Promise<Point[]>}
 */
export async function pointsOf(sides, curve, sizes, count, cores, starting) {
  /** @type {Point[]} */
  const points = [];
  for (const size of sizes) {
    const results = await inTurn(sides, count, (side) => measure(side, curve, size, cores), (round, side) => starting(size, round, side));
    points.push({ size, sides: results });
  }
  return points;
}

/** The sizes of a curve, up to the largest that is allowed. @param {string} curve @param {number} most */
export const sizesOf = (curve, most) => curves[curve].sizes.filter((size) => size <= most);
