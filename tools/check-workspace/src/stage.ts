import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmInstall } from './consumer.js';
import { pack } from './pack.js';
import type { Workspace } from './workspace.js';

/** Packs every package and installs all of them in one folder, without links: what a program that uses them has. */
export async function stage(workspace: Workspace, folder: string): Promise<string[]> {
  const packed = join(folder, 'packed');
  mkdirSync(packed, { recursive: true });
  const { tarballs, problem } = await pack(workspace, packed);
  if (tarballs.length < workspace.packages.length) return [problem];
  const files = Object.fromEntries(tarballs.map((one) => [one.package.manifest.name, `file:${one.file}`]));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'stage', private: true, dependencies: files, overrides: files }, null, 2));
  return npmInstall(folder);
}
