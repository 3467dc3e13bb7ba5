import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { root } from './process.mjs';

const scenarios = join(root, 'packages/net-compat/scenarios');

/** A folder for what node:net is seen to do in the scenarios as they are now: as long as neither they nor Node nor the machine's addresses change, it needs to be seen once. All that is older is removed. */
export function records(major) {
  const hash = createHash('sha256');
  for (const folder of [scenarios, join(scenarios, 'support')]) {
    for (const file of readdirSync(folder).filter((name) => /\.(ts|mjs|json)$/.test(name))) hash.update(file).update(readFileSync(join(folder, file)));
  }
  // What there is of IPv6.
  hash.update(process.version + JSON.stringify(Object.values(networkInterfaces()).flat().map(({ address }) => address)));
  const all = join(root, 'node_modules/.cache/scenarios');
  const folder = join(all, `${major}-${hash.digest('hex').slice(0, 16)}`);
  if (!existsSync(join(folder, 'complete'))) {
    rmSync(all, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
  return folder;
}

export const complete = (folder) => writeFileSync(join(folder, 'complete'), '');
