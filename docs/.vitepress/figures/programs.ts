import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../pages.js';
import { programsOf } from '../types/blocks.js';

/** The gate runs the same programs in the same folder: it has all packages. */
const FOLDER = join(root, 'examples/readme');

/** What every `js` block of a document prints, now. */
export function printedBy(file: string): string[] {
  return programsOf(file).filter(({ language }) => language === 'js')
    .map(({ code }) => execFileSync(process.execPath, ['--input-type=module', '--eval', code], { cwd: FOLDER, encoding: 'utf8', timeout: 60_000 }).trimEnd());
}
