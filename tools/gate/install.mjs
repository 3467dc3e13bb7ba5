import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { members, root } from './members.mjs';
import { pnpm, run } from './spawn.mjs';

const stamp = join(root, 'node_modules/.netstrata-install');

/** Changes whenever an install could give something else. */
function fingerprint() {
  const hash = createHash('sha256');
  const files = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', ...members().map(({ folder }) => `${folder}/package.json`)];
  for (const file of files) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/** Installs what the lockfile says, unless that is what is there already. Returns the exit code. */
export async function install() {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint()) return 0;
  console.log('── install');
  const code = await run(pnpm('install', '--frozen-lockfile', '--reporter=append-only'));
  if (code === 0) writeFileSync(stamp, fingerprint());
  return code;
}
