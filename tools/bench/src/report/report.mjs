import { cpus } from 'node:os';
import { cases } from '../cases.mjs';
import { basesOf, medians, ofRounds, ratios } from './ratio.mjs';

/** @typedef {import('../measure/measure.mjs').Figures} Figures */
/** @typedef {{ value: number, low: number, high: number }} Ratio of the medians, and the lowest and the highest of a round */
/**
 * @typedef {object} SideReport
 * @property {Figures[]} rounds
 * @property {Figures | null} median
 * @property {{ basis: import('./ratio.mjs').Basis, value: number, all: Partial<Record<import('./ratio.mjs').Basis, Ratio>> } | null} ratio to node:net; null for node:net
 * @property {string | null} failed why it could not be measured
 */
/** @typedef {{ name: string, title: string, operation: string, kind: 'served' | 'idle' | 'work' | 'start', sides: Record<string, SideReport> }} CaseReport */
/**
 * @typedef {object} Report what is written as JSON
 * @property {string} date
 * @property {string} program Node, Bun or Deno
 * @property {string} runtime its version: it runs node:net and netstrata
 * @property {Record<string, string>} implementations what runs each, with its version
 * @property {{ cpu: string, cores: number, platform: string, arch: string }} machine
 * @property {{ medium: 'tcp' | 'ipc', rounds: number, scale: number, seconds: number, load: string, pinned: boolean }} settings
 * @property {string[]} notes what was left out or done otherwise
 * @property {CaseReport[]} cases
 */

/** @param {string} name @param {Record<string, import('../rounds.mjs').Result>} results @param {string} base @returns {CaseReport} */
export function caseReport(name, results, base) {
  const { title, operation, kind } = cases[name];
  const sides = Object.entries(results).map(([side, { rounds, failed }]) => {
    const theirs = results[base].rounds;
    const ratio = side !== base && theirs.length && rounds.length ? ratioOf(kind, theirs, rounds) : null;
    return [side, { rounds, median: rounds.length ? medians(rounds) : null, ratio, failed }];
  });
  return { name, title, operation, kind, sides: Object.fromEntries(sides) };
}

/** @param {CaseReport['kind']} kind @param {Figures[]} theirs @param {Figures[]} ours @returns {SideReport['ratio']} */
function ratioOf(kind, theirs, ours) {
  const bases = basesOf[kind];
  const all = Object.fromEntries(bases.map((basis) => {
    const { low, high } = ofRounds(basis, theirs, ours);
    return [basis, { value: ratios[basis](medians(theirs), medians(ours)), low, high }];
  }));
  return { basis: bases[0], value: all[bases[0]].value, all };
}

/** @returns {Report['machine']} */
export function machine() {
  const all = cpus();
  return { cpu: all[0]?.model.trim() ?? 'unknown', cores: all.length, platform: process.platform, arch: process.arch };
}
