import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../pages.js';

/** A run of the scenarios that compare net-compat with node:net. */
export interface Run {
  readonly where: string;
  readonly driver: string;
  readonly over: string;
  readonly scenarios: number;
  readonly same: number;
}

/** The table of conformance, which a tool has written and the gate compares with what ran. */
export function scenarios(): Run[] {
  const text = readFileSync(join(root, 'docs/compatibility/conformance.md'), 'utf8');
  const rows = [...text.matchAll(/^\| (\w[^|]*) \| (\w+) \| ([^|]+) \| (\d+) \| (\d+) \|/gm)];
  if (rows.length === 0) throw new Error('docs/compatibility/conformance.md has no table of runs');
  return rows.map(([, where, driver, over, ran, same]) => ({ where, driver, over, scenarios: Number(ran), same: Number(same) }));
}
