import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './process.mjs';

// Builtins only.

const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const stamp = join(root, 'node_modules/.netstrata-install');

const areas = ['packages', 'examples', 'tools'];
const members = areas.flatMap((area) => readdirSync(join(root, area)).map((name) => `${area}/${name}`));

/** Changes whenever an install could have another result. */
function fingerprint() {
  const hash = createHash('sha256');
  const manifests = members.map((folder) => `${folder}/package.json`);
  const files = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', '.pnpmfile.cjs', ...manifests].filter((file) => existsSync(join(root, file)));
  for (const file of files) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/** Installs what the lockfile says, unless that is already installed. Returns the exit code. */
export async function install() {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint()) return 0;
  console.log('── install');
  // The pnpm that package.json names; from then on it is in node_modules.
  // `npm test --silent` must not hide the messages of an install.
  const code = await run(['npx', '--yes', packageManager, 'install', '--frozen-lockfile', '--prefer-offline', '--reporter=append-only'], { env: { npm_config_loglevel: 'notice' } });
  if (code !== 0) return code;
  // TypeScript checks only our own files for changes.
  const folders = [...areas, ...members, ...members.map((folder) => `${folder}/dist`)];
  for (const file of folders.map((folder) => join(root, folder, '.tsbuildinfo'))) if (existsSync(file)) rmSync(file);
  writeFileSync(stamp, fingerprint());
  return code;
}
