import * as nodeNet from 'node:net';
import * as compat from '@netstrata/net-compat';
import { HIDES_RESETS, TELLS_CANCELED } from './newer.js';
import type { Program } from './program.js';
import { run } from './run.js';
import type { Net } from './world.js';

export type Verdict =
  | { readonly kind: 'same' }
  /** The builtin does not do the same each time, or net-compat does what the builtin does some of the time. */
  | { readonly kind: 'unstable' }
  | { readonly kind: 'different'; readonly builtin: string; readonly ours: string };

const ROUNDS = 3;

/** The kernel decides when a write to a closed peer fails, and a coalesced one fails later; NaN is a bug of the builtin. */
function isChance(report: string): boolean {
  if (/syscall: "write"|=NaN/.test(report)) return true;
  return /errored=(EPIPE|ECONNRESET)/.test(report) && !report.includes('ended by the other party');
}

function runOnCompat(program: Program): Promise<string> {
  return run(compat as unknown as Net, program);
}

function runOnBuiltin(program: Program): Promise<string> {
  return run(nodeNet, program);
}

/** Runs a program on both nets. If they differ, it runs again to detect what the kernel decides. */
export async function compare(program: Program, wanted?: string): Promise<Verdict> {
  const builtin = wanted ?? (await runOnBuiltin(program));
  let ours = await runOnCompat(program);
  if (ours === builtin) return { kind: 'same' };
  if (isChance(builtin) || (!TELLS_CANCELED && ours.includes('ECANCELED')) || (HIDES_RESETS && ours.includes('"read ECONNRESET"'))) return { kind: 'unstable' };
  for (let round = 0; round < ROUNDS; round++) {
    if (wanted === undefined && (await runOnBuiltin(program)) !== builtin) return { kind: 'unstable' };
    ours = await runOnCompat(program);
    if (ours === builtin) return { kind: 'unstable' };
  }
  return { kind: 'different', builtin, ours };
}
