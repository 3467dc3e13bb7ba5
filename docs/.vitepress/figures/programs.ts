import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../pages.js';

/** A program of the landing page, and what it has printed when the site was built. */
export interface Program {
  readonly code: string;
  readonly printed: string;
}

/** The gate runs the same programs in the same folder: it has all packages. */
const FOLDER = join(root, 'examples/readme');

/** Runs every `js` block of a document. */
export function programsOf(file: string): Program[] {
  const blocks = [...readFileSync(join(root, file), 'utf8').matchAll(/^```js\n(.*?)^```$/gms)];
  return blocks.map(([, code]) => ({
    code,
    printed: execFileSync(process.execPath, ['--input-type=module', '--eval', code], { cwd: FOLDER, encoding: 'utf8', timeout: 60_000 }).trimEnd(),
  }));
}
