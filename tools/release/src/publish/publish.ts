import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { folders } from '../../../packages/layers.mjs';
import { manifestOf } from '../metadata/address.js';
import { inconsistent, missing } from '../metadata/problems.js';
import { root } from '../root.js';
import { canProve, isLoopback, refusals } from './refusals.js';

const printed = async (file: string, ...args: string[]): Promise<string> => (await execa(file, args, { cwd: root, preferLocal: true })).stdout;

/** Runs a command of the workspace where it can be seen. */
async function shown(file: string, args: readonly string[], env: Record<string, string> = {}): Promise<number> {
  const { exitCode } = await execa(file, args, { cwd: root, env, preferLocal: true, stdio: 'inherit', reject: false });
  return exitCode ?? 1;
}

/** Where npm and pnpm would publish our packages: a scope may have a registry of its own, and they do not read the same files and variables. */
async function registriesOf(): Promise<string[]> {
  const asked = ['npm', 'pnpm'].map(async (tool) => {
    const ofScope = await printed(tool, 'config', 'get', '@netstrata:registry');
    return ofScope === 'undefined' ? printed(tool, 'config', 'get', 'registry') : ofScope;
  });
  return [...new Set((await Promise.all(asked)).map((url) => (URL.canParse(url) ? new URL(url).href : url)))];
}

/** Everything that is checked before a release, the release, and nothing when something stands against it. */
export async function publish({ provenance, tested = false }: { provenance: boolean; tested?: boolean }): Promise<number> {
  const registries = await registriesOf();
  const ofRoot = manifestOf('.');
  const packages = Object.fromEntries(folders.map((folder) => [`packages/${folder}`, manifestOf(`packages/${folder}`)]));
  const against = refusals({
    registries,
    missing: missing(ofRoot),
    inconsistent: inconsistent(ofRoot, packages),
    uncommitted: (await printed('git', 'status', '--porcelain')).split('\n').filter(Boolean),
    pending: readdirSync(join(root, '.changeset')).filter((name) => name.endsWith('.md') && name !== 'README.md'),
    canProve: canProve(process.env),
    withoutProvenance: !provenance,
  });
  if (against.length > 0) {
    console.error(`Nothing is published:\n${against.map((one) => `  - ${one}`).join('\n')}`);
    return 1;
  }
  const [registry] = registries;
  const proves = provenance && !isLoopback(registry);
  const failed = tested ? 0 : await shown('npm', ['run', 'test:all']);
  return failed || (await shown('turbo', ['run', 'tarballs'])) || shown('changeset', ['publish'], {
    NPM_CONFIG_PROVENANCE: String(proves),
    // Changesets reads no file of settings.
    'npm_config_@netstrata:registry': registry,
  });
}
