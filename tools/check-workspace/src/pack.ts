import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { command, pnpm } from './command.js';
import type { Package, Workspace } from './workspace.js';

export interface Tarball {
  readonly package: Package;
  readonly file: string;
}

/** The name npm gives a tarball: `netstrata-ip-utils-1.0.0.tgz`. */
function tarballName({ manifest }: Package): string {
  return `${manifest.name.replace('@', '').replace('/', '-')}-${manifest.version}.tgz`;
}

/**
 * Packs every package into a folder, as publishing would. Those whose tarball is not there afterwards have `problem`.
 */
export async function pack(workspace: Workspace, folder: string): Promise<{ tarballs: Tarball[]; problem: string }> {
  const [file, ...args] = pnpm(workspace.root);
  const { code, output } = await command(file, [...args, '--recursive', '--filter', './packages/*', 'pack', '--pack-destination', folder], { cwd: workspace.root });
  const tarballs = workspace.packages.map((one) => ({ package: one, file: join(folder, tarballName(one)) })).filter((one) => existsSync(one.file));
  return { tarballs, problem: code === 0 ? 'no tarball was written' : output };
}
