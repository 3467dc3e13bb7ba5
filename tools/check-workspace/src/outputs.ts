import { join } from 'node:path';
import type { Package } from './workspace.js';

/** The built file that `import` takes of an entry, without conditions of a runtime. */
export function outputFile({ path, manifest }: Package, entry: string): string {
  const conditions = manifest.exports?.[entry] as { import: { default: string } };
  return join(path, conditions.import.default);
}
