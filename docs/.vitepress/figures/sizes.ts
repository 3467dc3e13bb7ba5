import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../pages.js';

interface Size {
  readonly name: string;
  /** Of the bundle, minified and gzipped. */
  readonly bytes: number;
}

/** What size-limit measures of the build, for the bundles that README.md has promises for. */
export const sizes = (): Size[] => JSON.parse(execFileSync(process.execPath, [join(root, 'tools/packages/sizes.mjs'), 'measured'], { cwd: root, encoding: 'utf8' })) as Size[];
