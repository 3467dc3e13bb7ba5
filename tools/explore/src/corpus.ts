import { readFileSync } from 'node:fs';
import type { Case } from './program.js';

/** A case that once broke a rule, shrunk. */
export interface Regression {
  readonly title: string;
  readonly found: Case;
}

export const corpus = JSON.parse(readFileSync(new URL('../corpus.json', import.meta.url), 'utf8')) as readonly Regression[];
