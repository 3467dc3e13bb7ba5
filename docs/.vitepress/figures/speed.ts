import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../pages.js';

interface Side {
  readonly median: { readonly userMicros: number; readonly cpuMicros: number };
}

interface Benchmark {
  readonly date: string;
  readonly runtime: string;
  readonly settings: { readonly rounds: number };
  readonly cases: readonly { readonly name: string; readonly title: string; readonly kind: string; readonly sides: Readonly<Record<'node:net' | 'netstrata', Side>> }[];
}

interface Speed {
  readonly date: string;
  readonly runtime: string;
  readonly rounds: number;
  /** CPU time of the server for an operation with node:net, divided by that with netstrata. */
  readonly cases: readonly { readonly name: string; readonly title: string; readonly ratio: number }[];
}

/** What the benchmark has last measured over connections. */
export function speed(): Speed {
  const { date, runtime, settings, cases } = JSON.parse(readFileSync(join(root, 'docs/performance/benchmark.json'), 'utf8')) as Benchmark;
  const served = cases.filter(({ kind }) => kind === 'served');
  return {
    date: date.slice(0, 10),
    runtime: `Node ${runtime.slice(1)}`,
    rounds: settings.rounds,
    cases: served.map(({ name, title, sides }) => ({ name, title, ratio: sides['node:net'].median.cpuMicros / sides.netstrata.median.cpuMicros })),
  };
}
