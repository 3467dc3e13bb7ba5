import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { root } from './process.mjs';

const scenarios = join(root, 'packages/net-compat/scenarios');

/** A folder for the records of node:net in the current scenarios. They are made once and stay valid while the scenarios, Node and the machine's addresses stay the same. Older records are removed. */
export function records(major) {
  const hash = createHash('sha256');
  for (const folder of [scenarios, join(scenarios, 'support')]) {
    for (const file of readdirSync(folder).filter((name) => /\.(ts|mjs|json)$/.test(name))) hash.update(file).update(readFileSync(join(folder, file)));
  }
  // The addresses say what IPv6 there is.
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
