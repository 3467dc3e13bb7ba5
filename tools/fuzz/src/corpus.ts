import { readFileSync } from 'node:fs';
import type { Program } from './program.js';

/** A program on which net-compat once differed, shrunk. */
export interface Regression {
  readonly title: string;
  readonly program: Program;
}

export const corpus = JSON.parse(readFileSync(new URL('../corpus.json', import.meta.url), 'utf8')) as readonly Regression[];
