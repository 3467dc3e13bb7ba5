import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Medium } from './medium.js';

type Recorded = Record<string, string[]>;

/**
 * What the builtin of a newer Node does in scenarios marked `since`, for the Nodes that do not do it yet. One file for
 * all, so that a reader sees what changed in Node.
 */
const file = fileURLToPath(new URL('../recorded.json', import.meta.url));
const entries: Recorded = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Recorded) : {};

/** Set to write what the builtin of this Node does into the file. */
export const recording = process.env['CONFORMANCE_RECORD'] === '1';

export function recorded(title: string, medium: Medium): string | undefined {
  return entries[`${title} [${medium}]`]?.join('\n');
}

export function record(title: string, medium: Medium, observed: string): void {
  // Read again: other test files write into it too.
  const all: Recorded = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Recorded) : {};
  all[`${title} [${medium}]`] = observed.split('\n');
  const sorted = Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(sorted, null, 1)}\n`);
}
