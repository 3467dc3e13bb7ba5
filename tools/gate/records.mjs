import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './process.mjs';

const scenarios = join(root, 'packages/net-compat/scenarios');

/** A folder for what node:net is seen to do in the scenarios as they are now: as long as neither changes, it needs to be seen once. What was left half done is removed. */
export function records() {
  const hash = createHash('sha256');
  const files = readdirSync(scenarios, { recursive: true, encoding: 'utf8' }).filter((file) => /^(support\/)?[^/]+\.[mt]s$/.test(file));
  for (const file of files.sort()) hash.update(file).update(readFileSync(join(scenarios, file)));
  const folder = join(root, 'node_modules/.cache/scenarios', `${process.version}-${hash.digest('hex').slice(0, 16)}`);
  if (!existsSync(join(folder, 'complete'))) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
  return folder;
}

export const complete = (folder) => writeFileSync(join(folder, 'complete'), '');
