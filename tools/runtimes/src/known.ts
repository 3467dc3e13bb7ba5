import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '@netstrata/report';
import { here } from './paths.js';

/** A test that does not pass in one place, for a reason outside of this project. */
export interface Known {
  /** How the label of the run begins: `Windows`, `Node 26, --permission`, `bun`. */
  readonly where: string;
  /** The suite without `.mjs`, or the package. */
  readonly suite: string;
  readonly driver?: 'default' | 'host';
  /** The title of the test itself. */
  readonly test: string;
  readonly reason: string;
  /** It ends the process, so it is not run at all. */
  readonly crashes?: boolean;
  /** It sometimes passes, so a pass is ignored. */
  readonly unsteady?: boolean;
}

/** As it is written: one entry may name several tests that fail for one reason. */
type Entry = Omit<Known, 'test'> & ({ readonly test: string } | { readonly tests: readonly string[] });

const ENTRIES = JSON.parse(readFileSync(join(here, 'known.json'), 'utf8')) as readonly Entry[];

export const KNOWN: readonly Known[] = ENTRIES.flatMap((entry) => {
  if ('test' in entry) return [entry];
  const { tests, ...rest } = entry;
  return tests.map((test) => ({ ...rest, test }));
});

/** Which run this is. */
export interface Place {
  readonly label: string;
  readonly suite: string;
  readonly driver: 'default' | 'host';
}

const isTitle = (name: string, title: string) => name === title || name.endsWith(` > ${title}`) || name.endsWith(` ${title}`);

/** What is known about one run. */
export function knownOf(all: readonly Known[], { label, suite, driver }: Place): readonly Known[] {
  return all.filter((one) => label.startsWith(one.where) && one.suite === suite && (one.driver ?? driver) === driver);
}

/** A known failure is skipped with its reason. One that passes, or matches no test, is a failure, because the list is wrong then. */
export function applyKnown(known: readonly Known[], results: readonly Result[]): Result[] {
  const judged = results.map((result): Result => {
    const one = known.find(({ test }) => isTitle(result.name, test));
    if (!one) return result;
    if (result.status === 'passed' && !one.unsteady) return { ...result, status: 'failed', detail: `known.json says it fails, and it passed: ${one.reason}` };
    return result.status === 'failed' || result.status === 'skipped' ? { ...result, status: 'skipped', detail: one.reason } : result;
  });
  const gone = known.filter(({ test }) => !results.some(({ name }) => isTitle(name, test)));
  return [...judged, ...gone.map(({ test }): Result => ({ name: test, status: 'failed', detail: 'known.json has it, and there is no such test' }))];
}
